import cors from "@fastify/cors";
import underPressure from "@fastify/under-pressure";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { attachmentHttpRoutes } from "./attachments/http.ts";
import { deadlineOfBody } from "./body-deadline.ts";
import { crossOrigin } from "./cross-origin.ts";
import type { Resources } from "./context.ts";
import { exportHttpRoutes } from "./exports/http.ts";
import { importHttpRoutes } from "./imports/http.ts";
import { healthRoutes } from "./health/routes.ts";
import { unsubscribeRoutes } from "./notifications/unsubscribe-http.ts";
import { sendProblem } from "./rest/answer.ts";
import { inboundMailHttpRoutes } from "./inbound-mails/http.ts";
import { reportHttpRoutes } from "./reports/http.ts";
import { documentRoutes } from "./rest/document-routes.ts";
import { restRoutes } from "./rest/http.ts";
import { PREFIX } from "./rest/route.ts";
import { securityHeaders } from "./security-headers.ts";
import { type Adapter, sendEnvelope, trpcRoutes } from "./trpc-routes.ts";

const MAX_BODY_BYTES = 1_048_576;
/** A slow line may take its time with a file; any other body has to be here within `deadlineOfBody`. */
const REQUEST_TIMEOUT_MS = 600_000;

const LET_GO_EVERY_MS = 50;

export interface AppOptions {
  /** What answers plain calls of tRPC: `official` is there to be compared with. */
  adapter?: Adapter;
}

/** The HTTP application over the process's resources. It listens to nothing yet; closing it leaves the resources open. */
export async function buildApp(
  resources: Resources,
  { adapter = "lean" }: AppOptions = {},
): Promise<FastifyInstance> {
  const { env, log, runtime } = resources;
  const always = securityHeaders();
  const app = Fastify({
    loggerInstance: forAllRequests(log as FastifyBaseLogger),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => runtime.newId(),
    trustProxy: env.TRUST_PROXY,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Requests that arrive on open connections while closing are answered, then the connection is closed.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 5_000 },
    frameworkErrors: (error, request, reply) => sendUnread(error, request, reply.headers(always)),
  });

  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
    resources.realtime.cutAll();
    // An answer whose head went out before leaves its connection open once it ends.
    const letGo = () => {
      resources.realtime.cutAll();
      app.server.closeIdleConnections();
    };
    letGo();
    const lettingGo = setInterval(letGo, LET_GO_EVERY_MS).unref();
    app.server.once("close", () => clearInterval(lettingGo));
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (isClosing) void reply.header("connection", "close");
    done();
  });

  app.addHook("onRequest", deadlineOfBody);

  app.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(always);
    done();
  });
  if (env.CORS_ORIGINS.length > 0) await app.register(cors, crossOrigin(env.CORS_ORIGINS));
  await app.register(underPressure, {
    maxEventLoopDelay: env.LIMIT_EVENT_LOOP_DELAY_MS,
    retryAfter: 2,
    exposeStatusRoute: false,
  });

  await app.register(healthRoutes, { resources });
  // In scopes of their own: files alone come as forms, and tRPC's plugin replaces the JSON parser.
  await app.register(attachmentHttpRoutes, { resources });
  await app.register(reportHttpRoutes, { resources });
  await app.register(exportHttpRoutes, { resources });
  await app.register(importHttpRoutes, { resources });
  await app.register(inboundMailHttpRoutes, { resources });
  await app.register(documentRoutes);
  await app.register(attachmentHttpRoutes, { resources, prefix: PREFIX });
  await app.register(reportHttpRoutes, { resources, prefix: PREFIX });
  await app.register(exportHttpRoutes, { resources, prefix: PREFIX });
  await app.register(importHttpRoutes, { resources, prefix: PREFIX });
  await app.register(inboundMailHttpRoutes, { resources, prefix: PREFIX });
  await app.register(unsubscribeRoutes, { resources, prefix: PREFIX });
  await app.register(restRoutes, { resources, prefix: PREFIX });
  await app.register(trpcRoutes, { resources, maxBodyBytes: MAX_BODY_BYTES, adapter });

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

/** A URL that cannot be read, told in the words of whatever was asked. */
function sendUnread(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (request.url.startsWith(`${PREFIX}/`)) void sendProblem(request, reply, error);
  else if (request.url.startsWith("/trpc/")) void sendEnvelope(error, request, reply);
  else void reply.code(error.statusCode ?? 400).send({ error: { message: error.message } });
}

/** One logger for all requests: a child for each redacts its bindings anew, and whoever logs names the id. */
function forAllRequests(log: FastifyBaseLogger): FastifyBaseLogger {
  const one: FastifyBaseLogger = Object.create(log, { child: { value: () => one } }) as FastifyBaseLogger;
  return one;
}
