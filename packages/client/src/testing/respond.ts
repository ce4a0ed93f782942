import { type AnyTRPCProcedure, type AnyTRPCRouter, TRPCError, initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Refusal } from "../contract.ts";
import { withoutKey } from "../procedures.ts";
import type { RecordedCall } from "./handlers.ts";

/** Answers one call: a value, or an async iterable for what comes in pieces and for subscriptions. */
export type Respond = (call: RecordedCall & { signal: AbortSignal }) => unknown;

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export function refuse(refusal: Refusal): never {
  const code = statuses[refusal.code] ?? "BAD_REQUEST";
  throw new TRPCError({ code, message: refusal.code, cause: new Refused(refusal) });
}

const t = initTRPC.create({
  isDev: false,
  allowOutsideOfServer: true,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path ?? null,
      refusal: error.cause instanceof Refused ? error.cause.refusal : null,
      errorId: null,
    },
  }),
});

/** The codes that more than their refusal tells apart: proxies and caches read the status. */
const statuses: Partial<Record<Refusal["code"], TRPCError["code"]>> = {
  "auth.required": "UNAUTHORIZED",
  "permission.denied": "FORBIDDEN",
  "version.conflict": "CONFLICT",
  "rate.limited": "TOO_MANY_REQUESTS",
  "deadline.exceeded": "GATEWAY_TIMEOUT",
  "service.unavailable": "SERVICE_UNAVAILABLE",
};

interface Tree {
  [name: string]: Tree | AnyTRPCProcedure;
}

/** A fetch that is answered by a function, in the wire format of tRPC: batches, pieces and streams. */
export function answeringFetch(respond: Respond): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const paths = new URL(request.url).pathname.slice("/trpc/".length).split(",");
    const router = routerFor(paths, request, respond);
    return fetchRequestHandler({ endpoint: "/trpc", req: request, router, allowMethodOverride: true });
  };
}

/** The calls of a request say what there is to call. */
function routerFor(paths: readonly string[], request: Request, respond: Respond): AnyTRPCRouter {
  const keys = request.headers.get("idempotency-key")?.split(",") ?? [];
  const type = typeOf(request, keys.length > 0 || paths.some((path) => withoutKey.includes(path)));
  const tree: Tree = {};
  for (const path of new Set(paths)) {
    const resolve = ({ input, batchIndex = 0 }: { input: unknown; batchIndex?: number }) =>
      respond({ path, type, input, idempotencyKey: keys[batchIndex] || null, signal: request.signal });
    const any = t.procedure.input((value: unknown) => value);
    const names = path.split(".");
    const last = names.pop()!;
    let branch = tree;
    for (const name of names) branch = (branch[name] ??= {}) as Tree;
    branch[last] = {
      query: () => any.query(resolve),
      mutation: () => any.mutation(resolve),
      subscription: () => any.subscription((call) => resolve(call) as AsyncIterable<unknown>),
    }[type]();
  }
  return t.router(tree as Parameters<typeof t.router>[0]);
}

/** A query that is too long for an address is posted, too; unlike a mutation it has no key. */
function typeOf({ method, headers }: Request, isMutation: boolean): RecordedCall["type"] {
  if (method === "POST" && isMutation) return "mutation";
  return headers.get("accept") === "text/event-stream" ? "subscription" : "query";
}
