import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import underPressure from "@fastify/under-pressure";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { attachmentHttpRoutes } from "./attachments/http.ts";
import { deadlineOfBody } from "./body-deadline.ts";
import type { Resources } from "./context.ts";
import { healthRoutes } from "./health/routes.ts";
import { trpcRoutes } from "./trpc-routes.ts";

const MAX_BODY_BYTES = 1_048_576;
/** A slow line may take its time with a file; any other body has to be here within `deadlineOfBody`. */
const REQUEST_TIMEOUT_MS = 600_000;

const LET_GO_EVERY_MS = 50;

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
  app.addHook("preClose", async () => {
    isClosing = true;
    // An answer whose head went out before leaves its connection open once it ends.
    const lettingGo = setInterval(() => app.server.closeIdleConnections(), LET_GO_EVERY_MS).unref();
    app.server.once("close", () => clearInterval(lettingGo));
  });
  app.addHook("onSend", async (_request, reply) => void (isClosing && reply.header("connection", "close")));

  app.addHook("onRequest", deadlineOfBody);

  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  if (env.CORS_ORIGINS.length > 0) await app.register(cors, { origin: env.CORS_ORIGINS, maxAge: 600 });
  await app.register(underPressure, { maxEventLoopDelay: 1_000, retryAfter: 2, exposeStatusRoute: false });

  await app.register(healthRoutes, { resources });
  // In scopes of their own: files alone come as forms, and tRPC's plugin replaces the JSON parser.
  await app.register(attachmentHttpRoutes, { resources });
  await app.register(trpcRoutes, { resources, maxBodyBytes: MAX_BODY_BYTES });

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
