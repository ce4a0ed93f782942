import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import underPressure from "@fastify/under-pressure";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from "fastify";
import { RefusalError } from "@helpdesk/domain";
import type { RequestContext, Resources } from "./context.ts";
import { healthRoutes } from "./health/routes.ts";
import { type AppRouter, appRouter } from "./router.ts";

const MAX_BATCH = 20;
const MAX_BODY_BYTES = 1_048_576;
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP application over the process's resources. It listens to nothing yet; closing it leaves the resources open. */
export async function buildApp(resources: Resources): Promise<FastifyInstance> {
  const { env, log, runtime } = resources;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => runtime.newId(),
    trustProxy: env.TRUST_PROXY,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Requests that arrive on open connections while closing are answered, then the connection is closed.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 5_000 },
    // One logger for all requests: a child for each redacts its bindings anew, and whoever logs names the id.
    childLoggerFactory: (logger) => logger,
  });

  let isClosing = false;
  app.addHook("preClose", async () => void (isClosing = true));
  app.addHook("onSend", async (_request, reply) => void (isClosing && reply.header("connection", "close")));

  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  if (env.CORS_ORIGINS.length > 0) await app.register(cors, { origin: env.CORS_ORIGINS, maxAge: 600 });
  await app.register(underPressure, { maxEventLoopDelay: 1_000, retryAfter: 2, exposeStatusRoute: false });

  await app.register(healthRoutes, { resources });
  // In a scope of its own: the plugin replaces the JSON parser.
  await app.register(async (scope) => {
    scope.addHook("onRequest", async (request, reply) => {
      const type = request.headers["content-type"];
      if (type !== undefined && !type.startsWith("application/json")) {
        await reply.code(415).send({ error: { message: "Only application/json is accepted here." } });
      }
    });
    await scope.register(fastifyTRPCPlugin, {
      prefix: "/trpc",
      trpcOptions: {
        router: appRouter,
        maxBatchSize: MAX_BATCH,
        maxBodySize: MAX_BODY_BYTES,
        createContext: ({ req }): RequestContext => requestContext(resources, req),
        responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>);
  });

  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { message: "There is nothing here." } }),
  );
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: { message: error.message } });
    if (status !== 503) request.log.error({ err: error, errorId: request.id }, "defect");
    return reply
      .code(status)
      .send({ error: { message: status === 503 ? "Overloaded." : "Internal error.", errorId: request.id } });
  });
  return app;
}

function requestContext(resources: Resources, request: FastifyRequest): RequestContext {
  const { authorization } = request.headers;
  return {
    resources,
    accessToken: bearerToken(authorization),
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
  };
}

const MAX_TOKEN_CHARACTERS = 1_000;

/** Ours are a third as long; a longer one would only fill the cache of tokens. */
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
