import { RefusalError } from "@helpdesk/domain";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { TRPC_ERROR_CODES_BY_KEY, type TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type LeanTRPCPluginOptions, leanTRPCPlugin } from "fastify-trpc-lean";
import { deprecationHeaders } from "./calls/deprecation.ts";
import { callHeaders, replayMark } from "./calls/headers.ts";
import type { RequestContext, Resources } from "./context.ts";
import { refusalAnswers } from "./refusal-answers.ts";
import { type AppRouter, appRouter } from "./router.ts";
import type { ErrorShape, Meta } from "./trpc.ts";

/** What answers plain calls: our own adapter, or tRPC's for comparison. */
export type Adapter = "lean" | "official";

const MAX_BATCH = 20;
const MAX_TOKEN_CHARACTERS = 1_000;

/** `/trpc/*`: JSON only, errors in the envelope of tRPC whatever answers them. */
export async function trpcRoutes(
  app: FastifyInstance,
  { resources, maxBodyBytes, adapter }: { resources: Resources; maxBodyBytes: number; adapter: Adapter },
): Promise<void> {
  app.addHook("onRequest", (request, reply, done) => {
    const type = request.headers["content-type"];
    if (type === undefined || /^application\/json\b/i.test(type)) return done();
    void reply.code(415).send(envelope(415, "Only application/json is accepted here."));
  });

  app.setErrorHandler(sendEnvelope);

  await app.register(adapter === "lean" ? leanTRPCPlugin<AppRouter> : fastifyTRPCPlugin<AppRouter>, {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      // A query whose input is too long for an address comes in a body.
      allowMethodOverride: true,
      maxBatchSize: MAX_BATCH,
      maxBodySize: maxBodyBytes,
      createContext: ({ req, info }): RequestContext => ({
        ...requestContext(resources, req, info.isBatchCall ? info.calls.length : null),
        signal: info.signal,
        streamTicket: info.connectionParams?.["ticket"] ?? null,
        // tRPC streams batches only.
        takesStreams: info.accept === "application/jsonl" && info.isBatchCall,
      }),
      responseMeta: ({ ctx, errors, paths = [] }) => ({
        headers: {
          ...replayMark(ctx?.notes),
          ...retryAfter(errors),
          ...deprecationHeaders(paths.map(deprecationOf)),
        },
      }),
    },
  } satisfies LeanTRPCPluginOptions<AppRouter>);
}

const procedures = appRouter._def.procedures as unknown as Record<string, { _def?: { meta: Meta } }>;
const deprecationOf = (path: string) => procedures[path]?._def?.meta.deprecated;

const statusCodes: Record<number, TRPC_ERROR_CODE_KEY> = {
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  500: "INTERNAL_SERVER_ERROR",
  503: "SERVICE_UNAVAILABLE",
};

function envelope(
  httpStatus: number,
  message: string,
  { refusal = null, errorId = null }: Partial<Pick<ErrorShape["data"], "refusal" | "errorId">> = {},
): { error: ErrorShape } {
  const code = statusCodes[httpStatus] ?? "BAD_REQUEST";
  return {
    error: {
      message,
      code: TRPC_ERROR_CODES_BY_KEY[code],
      data: { code, httpStatus, path: null, refusal, errorId },
    },
  };
}

/** An error that no procedure met, as tRPC's clients read it. */
export function sendEnvelope(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(envelope(status, error.message));
  if (status === 503) return reply.code(503).send(unavailable);
  request.log.error({ err: error, errorId: request.id }, "defect");
  return reply.code(500).send(envelope(500, "Internal error.", { errorId: request.id }));
}

const unavailable = envelope(503, refusalAnswers["service.unavailable"].message, {
  refusal: { code: "service.unavailable" },
});

/** `batchSize` is null for a request that is one call. @throws TRPCError of `input.invalid` for a header that is wrong. */
export function requestContext(
  resources: Resources,
  request: FastifyRequest,
  batchSize: number | null = null,
): RequestContext {
  const { idempotencyKeys, timeoutMs } = callHeaders(request.headers, batchSize);
  return {
    resources,
    accessToken: bearerToken(request.headers.authorization),
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    takesStreams: false,
    idempotencyKeys,
    timeoutMs,
    signal: null,
    notes: { replayed: [], limit: null },
  };
}

/** Ours have a third of the limit; a longer one would only fill the cache of tokens. */
function bearerToken(authorization: string | undefined): string | null {
  if (!authorization?.startsWith("Bearer ")) return null;
  const token = authorization.slice(7);
  return token.length <= MAX_TOKEN_CHARACTERS ? token : null;
}

/** `Retry-After` of the refusal that asks for the longest wait. */
function retryAfter(errors: readonly { cause?: unknown }[]): Record<string, string> {
  const waits = errors.map(({ cause }) => {
    const refusal = cause instanceof RefusalError ? cause.refusal : null;
    if (refusal === null) return 0;
    if (refusal.code === "service.unavailable") return 1;
    return "retryAfterSeconds" in refusal ? refusal.retryAfterSeconds : 0;
  });
  const longest = Math.max(0, ...waits);
  return longest > 0 ? { "retry-after": String(longest) } : {};
}
