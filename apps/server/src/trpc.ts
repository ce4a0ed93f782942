import {
  type CommonRefusalCode,
  type Permission,
  type Refusal,
  type RefusalCode,
  type RefusalOf,
  type UserActor,
  commonRefusals,
  may,
} from "@helpdesk/domain";
import { TRPCError, type TRPCErrorShape, getTRPCErrorFromUnknown, initTRPC } from "@trpc/server";
import { leaving, trailOf } from "./audit/trail.ts";
import { whileAwaited } from "./calls/awaited.ts";
import { countCall, countStranger } from "./calls/count.ts";
import type { Deprecation } from "./calls/deprecation.ts";
import { type Outcome, idempotent } from "./calls/idempotency.ts";
import { byNewestRules } from "./calls/newest-rules.ts";
import { type Context, type RequestContext, publicContext, signedInContext } from "./context.ts";
import { actorOfStreamTicket } from "./identity/stream-ticket.ts";
import { observeCall } from "./metrics.ts";
import { streaming } from "./realtime/streaming.ts";
import { withErrors } from "./realtime/with-errors.ts";
import { refusalBehind, refusalError, refusalOf } from "./refusals.ts";

/** Anybody who is signed in, or those whose role has the permission, or one of several. */
export type Access = "signed_in" | Permission | readonly [Permission, ...Permission[]];

export interface Meta {
  /** `public`, `signed_in`, or permissions of which the caller's role has one, with ` | ` between. */
  access: string;
  /** The refusals this procedure can answer beside the common ones. */
  refusals: readonly RefusalCode[];
  /** What its calls are counted as. */
  limit: "usual" | "costly" | "public";
  /** Since when it should not be used any more, where it should not: `deprecated` makes it. */
  deprecated?: Deprecation;
}

/** An error as it travels. `refusal` is null for a defect of ours, which has an `errorId` to find in the log. */
export interface ErrorShape<R extends Refusal = Refusal> {
  message: string;
  code: TRPCErrorShape["code"];
  data: { code: string; httpStatus: number; path: string | null; refusal: R | null; errorId: string | null };
}

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: streaming,
    errorFormatter: ({ shape, error, ctx }): ErrorShape<RefusalOf<CommonRefusalCode>> =>
      toShape(shape, error, ctx) as ErrorShape<RefusalOf<CommonRefusalCode>>,
  });

export const { router, createCallerFactory } = t;

interface DefaultShape {
  message: string;
  code: TRPCErrorShape["code"];
  data: { code: string; httpStatus: number; path?: string };
}

function toShape(shape: DefaultShape, error: TRPCError, request: RequestContext | undefined): ErrorShape {
  const refusal = refusalBehind(error);
  const isDefect = refusal === null && error.code === "INTERNAL_SERVER_ERROR";
  return {
    message: isDefect
      ? "Internal error."
      : refusal?.code === "input.invalid"
        ? "The input is not valid."
        : error.code === "PARSE_ERROR"
          ? "The request is not JSON."
          : shape.message,
    code: shape.code,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path ?? null,
      refusal,
      errorId: isDefect ? (request?.requestId ?? null) : null,
    },
  };
}

/** What is known of a call before its input is read. */
interface Called {
  ctx: RequestContext;
  path: string;
  type: string;
  meta: Meta | undefined;
}

/** Counts and times a call, and turns refusals into tRPC errors, those of a stream whenever they come. */
async function guarded<R extends Outcome>(call: Called, run: () => Promise<R>): Promise<R> {
  const done = observeCall(call.path, call.type);
  const failed = (cause: unknown): TRPCError => {
    const { error, outcome } = answering(getTRPCErrorFromUnknown(cause), call);
    done(outcome);
    return error;
  };
  let result: R;
  try {
    result = await run();
  } catch (cause) {
    throw failed(cause);
  }
  if (!result.ok) return { ...result, error: failed(result.error) };
  done("ok");
  if (call.type !== "subscription") return result;
  const answer = (error: TRPCError) => answering(error, call).error;
  return { ...result, data: withErrors(result.data as AsyncIterable<unknown>, answer) };
}

/** The error that is answered, and what it is counted as. A refusal that the procedure does not declare is a defect. */
function answering(error: TRPCError, { ctx, path, meta }: Called): { error: TRPCError; outcome: string } {
  const cause = error.cause ?? error;
  const refusal = refusalBehind(error) ?? refusalOf(cause);
  const declared =
    refusal !== null &&
    ((commonRefusals as readonly RefusalCode[]).includes(refusal.code) ||
      meta?.refusals.includes(refusal.code) === true);
  // tRPC has its own error for an input; ours comes from within, as a defect would.
  const isTold = error.code === "BAD_REQUEST" && refusal?.code === "input.invalid";
  if (declared) return { error: isTold ? error : refusalError(refusal), outcome: refusal.code };
  if (refusal === null && error.code !== "INTERNAL_SERVER_ERROR") return { error, outcome: error.code };
  const problem = refusal ? `undeclared refusal ${refusal.code}` : "defect";
  ctx.resources.log.error({ err: cause, path, errorId: ctx.requestId }, problem);
  return {
    error: new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Internal error." }),
    outcome: error.code,
  };
}

const declaring = <const Codes extends readonly RefusalCode[]>(
  access: string,
  refusals: Codes,
  limit: Meta["limit"],
) =>
  t.procedure
    .meta({ access, refusals, limit })
    .errors(
      ({ shape, error, ctx }) =>
        toShape(shape, error, ctx) as ErrorShape<RefusalOf<Codes[number] | CommonRefusalCode>>,
    );

/** Anybody can send one, and each is looked up: until it is known whose it is, it is a stranger's. */
async function actorOfCountedTicket(ctx: RequestContext, ticket: string): Promise<UserActor | null> {
  countStranger(ctx);
  return actorOfStreamTicket(ctx.resources, ticket);
}

const allowing = <const Codes extends readonly RefusalCode[]>(
  access: Access,
  refusals: Codes,
  limit: "usual" | "costly",
) => {
  const anyOf = typeof access === "string" ? [access] : access;
  return declaring(anyOf.join(" | "), refusals, limit).use((call) =>
    guarded(call, async () => {
      const { ctx, next } = call;
      const { principals } = ctx.resources;
      const { accessToken, streamTicket = null } = ctx;
      const actor =
        accessToken !== null
          ? await principals.actorOf(accessToken)
          : streamTicket !== null && call.type === "subscription"
            ? await actorOfCountedTicket(ctx, streamTicket)
            : null;
      if (!actor) throw refusalError({ code: "auth.required" });
      countCall(ctx, actor, limit === "costly" ? limit : call.type === "mutation" ? "writes" : "reads");
      const [first] = anyOf;
      if (first !== "signed_in" && !anyOf.some((each) => each !== "signed_in" && may(actor, each)))
        throw refusalError({ code: "permission.denied", permission: first });
      return whileAwaited(ctx, async (cancellation) => {
        const context = await signedInContext(ctx, actor, cancellation, access);
        const run = (context: Context) => next({ ctx: context });
        const key = call.type === "mutation" ? ctx.idempotencyKeys[call.batchIndex] : null;
        const trail = trailOf(context, call);
        if (!key) return byNewestRules(leaving(context, trail), run);
        const keyed = { key, procedure: call.path, input: await call.getRawInput(), refusals, trail };
        const onReplay = () => void (ctx.notes.replayed[call.batchIndex] = true);
        return (await idempotent(context, keyed, run, onReplay)) as Awaited<ReturnType<typeof run>>;
      });
    }),
  );
};

/** A procedure for signed-in callers whose role has the permission, or one of those. There is no other way to make one but the two below. */
export const allow = <const Codes extends readonly RefusalCode[]>(access: Access, ...refusals: Codes) =>
  allowing(access, refusals, "usual");

/** As `allow`, for what takes a hundred times what others do: callers have fewer of these. */
export const allowCostly = <const Codes extends readonly RefusalCode[]>(access: Access, ...refusals: Codes) =>
  allowing(access, refusals, "costly");

/** A procedure for anybody. */
export const allowPublic = <const Codes extends readonly RefusalCode[]>(...refusals: Codes) =>
  declaring("public", refusals, "public").use((call) =>
    guarded(call, async () => {
      const { ctx, next, batchIndex } = call;
      countStranger(ctx);
      return whileAwaited(ctx, (cancellation) => next({ ctx: publicContext(ctx, batchIndex, cancellation) }));
    }),
  );
