import type { AnyProcedure, inferProcedureInput } from "@trpc/server";
import type { AppRouter } from "../router.ts";

type Leaves<R, Before extends string = ""> = {
  [K in keyof R & string]: R[K] extends AnyProcedure ? `${Before}${K}` : Leaves<R[K], `${Before}${K}.`>;
}[keyof R & string];

type At<R, P extends string> = P extends `${infer Head}.${infer Tail}`
  ? Head extends keyof R
    ? At<R[Head], Tail>
    : never
  : P extends keyof R
    ? R[P]
    : never;

type Record = AppRouter["_def"]["record"];
export type ProcedurePath = Leaves<Record>;

type KeysOf<T> = T extends unknown ? keyof T : never;
type InputKey<P extends ProcedurePath> =
  At<Record, P> extends infer Procedure extends AnyProcedure ? KeysOf<inferProcedureInput<Procedure>> : never;
type Named<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;
/** A path whose parameters are all fields of the procedure's input. */
type PathOf<P extends ProcedurePath, Path extends string> = [Named<Path>] extends [InputKey<P>]
  ? Path
  : `no such input: ${Exclude<Named<Path>, InputKey<P>> & string}`;

export const PREFIX = "/api/v1";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How a procedure is called by method and path. Its status is 204 where it answers null, 201 where it makes something. */
export interface Route extends RouteOptions {
  method: Method;
  /** Below `/api/v1`, parameters in braces: each is the input's field of that name. */
  path: string;
  procedure: ProcedurePath;
  summary: string;
  tag: string;
}

export interface RouteOptions {
  /** Where what it made is found: a path with `{id}`, which is the answer's. */
  made?: string;
  /** A field of the input whose fields stand in the query by themselves. */
  spread?: string;
  /** Where a procedure has two routes, the operation of the second. */
  operationId?: string;
  /** The answer's `version` is of another thing than the one that was changed. */
  isVersionOfAnother?: true;
}

type Row = Omit<Route, "tag">;

const rowOf =
  (method: Method) =>
  <P extends ProcedurePath, const Path extends string>(
    path: PathOf<P, Path> & Path,
    procedure: P,
    summary: string,
    options: RouteOptions = {},
  ): Row => ({ method, path, procedure, summary, ...options });

export const get = rowOf("GET");
export const post = rowOf("POST");
export const put = rowOf("PUT");
export const patch = rowOf("PATCH");
export const del = rowOf("DELETE");

export const tagged = (tag: string, rows: readonly Row[]): Route[] => rows.map((row) => ({ ...row, tag }));

/** The name of an operation in the document: the procedure's path in one word. */
export const operationIdOf = ({ operationId, procedure }: Route): string =>
  operationId ?? procedure.replaceAll(/\.(.)/g, (_, first: string) => first.toUpperCase());

export const parametersOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
