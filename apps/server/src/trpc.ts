import {
  type CommonRefusalCode,
  type Permission,
  type Refusal,
  type RefusalCode,
  type RefusalOf,
  commonRefusals,
  may,
} from "@helpdesk/domain";
import { TRPCError, type TRPCErrorShape, initTRPC } from "@trpc/server";
import { type RequestContext, publicContext, signedInContext } from "./context.ts";
import { observeCall } from "./metrics.ts";
import { mayBeUnknownYet, refusalBehind, refusalError, refusalOf } from "./refusals.ts";

/** Anybody who is signed in, or those whose role has the permission, or one of several. */
export type Access = "signed_in" | Permission | readonly [Permission, ...Permission[]];

export interface Meta {
  /** `public`, `signed_in`, or permissions of which the caller's role has one, with ` | ` between. */
  access: string;
  /** The refusals this procedure can answer beside the common ones. */
  refusals: readonly RefusalCode[];
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
    errorFormatter: ({ shape, error, ctx }): ErrorShape<RefusalOf<CommonRefusalCode>> =>
      toShape(shape, error, ctx) as ErrorShape<RefusalOf<CommonRefusalCode>>,
  });

export const { router } = t;

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

/** Counts and times the call, and turns refusals into tRPC errors. A refusal that the procedure does not declare is a defect. */
const guarded = t.procedure.use(async ({ ctx, path, type, meta, next }) => {
  const done = observeCall(path, type);
  const result = await next();
  if (result.ok) {
    done("ok");
    return result;
  }
  const cause = result.error.cause ?? result.error;
  const refusal = refusalBehind(result.error) ?? refusalOf(cause);
  const declared =
    refusal !== null &&
    ((commonRefusals as readonly RefusalCode[]).includes(refusal.code) ||
      meta?.refusals.includes(refusal.code) === true);
  done(declared ? refusal.code : result.error.code);
  if (declared)
    return refusal.code === "input.invalid" ? result : { ...result, error: refusalError(refusal) };
  if (refusal === null && result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const problem = refusal ? `undeclared refusal ${refusal.code}` : "defect";
  ctx.resources.log.error({ err: cause, path, errorId: ctx.requestId }, problem);
  return { ...result, error: new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Internal error." }) };
});

const declaring = <const Codes extends readonly RefusalCode[]>(access: string, refusals: Codes) =>
  guarded
    .meta({ access, refusals })
    .errors(
      ({ shape, error, ctx }) =>
        toShape(shape, error, ctx) as ErrorShape<RefusalOf<Codes[number] | CommonRefusalCode>>,
    );

/** A procedure for signed-in callers whose role has the permission, or one of those. There is no other way to make one but `allowPublic`. */
export const allow = <const Codes extends readonly RefusalCode[]>(access: Access, ...refusals: Codes) => {
  const anyOf = typeof access === "string" ? [access] : access;
  return declaring(anyOf.join(" | "), refusals).use(async ({ ctx, next }) => {
    const { principals } = ctx.resources;
    const actor = ctx.accessToken === null ? null : await principals.actorOf(ctx.accessToken);
    if (!actor) throw refusalError({ code: "auth.required" });
    const [first] = anyOf;
    if (first !== "signed_in" && !anyOf.some((each) => each !== "signed_in" && may(actor, each)))
      throw refusalError({ code: "permission.denied", permission: first });
    const context = await signedInContext(ctx, actor);
    const result = await next({ ctx: context });
    if (result.ok || !mayBeUnknownYet(result.error.cause)) return result;
    // A call that fails has written nothing, so it can be done again by newer rules.
    return next({ ctx: { ...context, desk: await ctx.resources.desks.after(context.desk) } });
  });
};

/** A procedure for anybody. */
export const allowPublic = <const Codes extends readonly RefusalCode[]>(...refusals: Codes) =>
  declaring("public", refusals).use(({ ctx, next }) => next({ ctx: publicContext(ctx) }));
