import type { TRPCLink } from "@trpc/client";
import type {
  AnyTRPCProcedure,
  inferProcedureErrorShape,
  inferRouterInputs,
  inferRouterOutputs,
} from "@trpc/server";
import type { AppRouter } from "./contract.ts";

/** What each procedure takes, by path: `RouterInputs["tickets"]["open"]`. */
export type RouterInputs = inferRouterInputs<AppRouter>;

/** What each procedure answers, by path. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;

type Procedures = AppRouter["_def"]["record"];
type Root = AppRouter["_def"]["_config"]["$types"];

type Below<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends { _def: { type: string } }
    ? Key
    : `${Key}.${Below<Tree[Key]>}`;
}[keyof Tree & string];

type At<Tree, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Tree
    ? At<Tree[Head], Rest>
    : never
  : Path extends keyof Tree
    ? Tree[Path]
    : never;

/** Every procedure by its whole path: `"tickets.open"`. */
export type ProcedurePath = Below<Procedures>;

/** What a procedure takes: `InputOf<"tickets.open">`. */
export type InputOf<Path extends ProcedurePath> = At<RouterInputs, Path>;

/** What a procedure answers; of a subscription, all that it tells, as an async iterable. */
export type OutputOf<Path extends ProcedurePath> = At<RouterOutputs, Path>;

/** Exactly the refusals that a procedure can answer: `RefusalsOf<"tickets.setStatus">`. */
export type RefusalsOf<Path extends ProcedurePath> =
  At<Procedures, Path> extends infer Procedure extends AnyTRPCProcedure
    ? RefusalOfShape<inferProcedureErrorShape<Root, Procedure>>
    : never;

type RefusalOfShape<Shape> = Shape extends { data: { refusal: infer R } } ? NonNullable<R> : never;

export type Link = TRPCLink<AppRouter>;

/** Every subscription by its whole path. */
export type SubscriptionPath = {
  [Path in ProcedurePath]: At<Procedures, Path> extends { _def: { type: "subscription" } } ? Path : never;
}[ProcedurePath];

/** One message of a subscription: `{ id, data }`. */
export type MessageOf<Path extends ProcedurePath> =
  OutputOf<Path> extends AsyncIterable<infer Message> ? Message : never;
