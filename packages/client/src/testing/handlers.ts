import type { InputOf, MessageOf, OutputOf, ProcedurePath, RefusalsOf, SubscriptionPath } from "../types.ts";

/** What a handler is given. */
export interface TestCall<Path extends ProcedurePath> {
  input: InputOf<Path>;
  /** Ends the call with a refusal that this procedure can answer. */
  refuse(refusal: RefusalsOf<Path>): never;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  idempotencyKey: string | null;
}

type Answer<Path extends ProcedurePath> = Path extends SubscriptionPath
  ? AsyncIterable<MessageOf<Path>> | void
  : OutputOf<Path> | Promise<OutputOf<Path>>;

/** One function a procedure. A subscription needs none: it is open and silent until something is pushed. */
export type TestHandlers = {
  [Path in ProcedurePath]?: (call: TestCall<Path>) => Answer<Path>;
};

/** A call as it came, in the order in which they came. */
export interface RecordedCall {
  path: string;
  type: "query" | "mutation" | "subscription";
  input: unknown;
  idempotencyKey: string | null;
}
