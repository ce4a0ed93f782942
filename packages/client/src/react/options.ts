import type {
  DataTag,
  InfiniteData,
  UndefinedInitialDataInfiniteOptions,
  UnusedSkipTokenOptions,
  UseMutationOptions,
} from "@tanstack/react-query";
import type { TRPCClientError } from "@trpc/client";
import type { AnyTRPCProcedure, inferProcedureErrorShape } from "@trpc/server";
import type { HelpdeskApi } from "../client.ts";
import type { AppRouter } from "../contract.ts";

/** The key of a query: everything below `["helpdesk", path]` is what was read with that procedure. */
export type HelpdeskKey = readonly ["helpdesk", path: string, kind?: "one" | "pages", input?: unknown];

type InputOf<P extends AnyTRPCProcedure> = P["_def"]["$types"]["input"];
type OutputOf<P extends AnyTRPCProcedure> = P["_def"]["$types"]["output"];
type Root = AppRouter["_def"]["_config"]["$types"];
/** `refusalIn(error)` is exactly what the procedure can refuse. */
type ErrorOf<P extends AnyTRPCProcedure> = TRPCClientError<{
  errorShape: inferProcedureErrorShape<Root, P>;
  transformer: false;
}>;
type Arguments<Input> = undefined extends Input ? [input?: Input] : [input: Input];

interface QueryOf<P extends AnyTRPCProcedure> {
  /** For `useQuery`, `useSuspenseQuery`, `prefetchQuery` and all else that takes options. */
  queryOptions(...input: Arguments<InputOf<P>>): UnusedSkipTokenOptions<
    OutputOf<P>,
    ErrorOf<P>,
    OutputOf<P>,
    HelpdeskKey
  > & {
    queryKey: DataTag<HelpdeskKey, OutputOf<P>, ErrorOf<P>>;
  };
  /** Of one input, or of all. */
  queryKey(input?: InputOf<P>): DataTag<HelpdeskKey, OutputOf<P>, ErrorOf<P>>;
}

type Pages<P extends AnyTRPCProcedure> = InfiniteData<OutputOf<P>, string | null>;

interface PagedQueryOf<P extends AnyTRPCProcedure> extends QueryOf<P> {
  /** For `useInfiniteQuery`: page by page, by the `nextCursor` of the last one. */
  infiniteQueryOptions(input?: Omit<NonNullable<InputOf<P>>, "cursor">): UndefinedInitialDataInfiniteOptions<
    OutputOf<P>,
    ErrorOf<P>,
    Pages<P>,
    HelpdeskKey,
    string | null
  > & {
    queryKey: DataTag<HelpdeskKey, Pages<P>, ErrorOf<P>>;
  };
}

interface MutationOf<P extends AnyTRPCProcedure> {
  /** For `useMutation`. A call that may have failed by chance is sent again by the client, with the same effect once. */
  mutationOptions(): UseMutationOptions<OutputOf<P>, ErrorOf<P>, InputOf<P>> & {
    mutationKey: HelpdeskKey;
  };
}

type OptionsOf<P extends AnyTRPCProcedure> = P["_def"]["type"] extends "query"
  ? OutputOf<P> extends { nextCursor: string | null }
    ? PagedQueryOf<P>
    : QueryOf<P>
  : P["_def"]["type"] extends "mutation"
    ? MutationOf<P>
    : never;

type Tree<Record> = {
  [
    Key in keyof Record as Record[Key] extends { _def: { type: "subscription" } } ? never : Key
  ]: Record[Key] extends AnyTRPCProcedure ? OptionsOf<Record[Key]> : Tree<Record[Key]>;
};

/** TanStack Query's options for every procedure: `options.tickets.get.queryOptions({ ticketId })`. */
export type HelpdeskOptions = Tree<AppRouter["_def"]["record"]>;

interface Caller {
  query(input: unknown, options: { signal: AbortSignal }): Promise<unknown>;
  mutate(input: unknown): Promise<unknown>;
}

/** The client has tried again already. */
const once = { retry: false } as const;

const keyOf = (path: string, kind?: "one" | "pages", input?: unknown): HelpdeskKey =>
  kind === undefined
    ? ["helpdesk", path]
    : input === undefined
      ? ["helpdesk", path, kind]
      : ["helpdesk", path, kind, input];

export function helpdeskOptions(api: HelpdeskApi): HelpdeskOptions {
  const at = (path: readonly string[]): Caller =>
    path.reduce<unknown>((tree, key) => (tree as Record<string, unknown>)[key], api) as Caller;

  const makers: Record<string, (path: readonly string[], input?: unknown) => unknown> = {
    queryKey: (path, input) => keyOf(path.join("."), input === undefined ? undefined : "one", input),
    queryOptions: (path, input) => ({
      ...once,
      queryKey: keyOf(path.join("."), "one", input),
      queryFn: ({ signal }: { signal: AbortSignal }) => at(path).query(input, { signal }),
    }),
    infiniteQueryOptions: (path, input) => ({
      ...once,
      queryKey: keyOf(path.join("."), "pages", input),
      queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) =>
        at(path).query(
          { ...(input as object), ...(pageParam !== null && { cursor: pageParam }) },
          { signal },
        ),
      initialPageParam: null,
      getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
    }),
    mutationOptions: (path) => ({
      ...once,
      mutationKey: keyOf(path.join(".")),
      mutationFn: (input: unknown) => at(path).mutate(input),
    }),
  };

  const below = (path: readonly string[]): unknown =>
    new Proxy(() => {}, {
      get: (_, key) => (typeof key === "string" ? below([...path, key]) : undefined),
      apply: (_, __, [input]: [unknown?]) => makers[path.at(-1)!]!(path.slice(0, -1), input),
    });
  return below([]) as HelpdeskOptions;
}
