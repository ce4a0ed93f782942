import type { AnyTRPCRouter } from "@trpc/server";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import { type HandlerOptions, answer } from "./answer.ts";
import { plainRequest } from "./plain-request.ts";

/** The official plugin's options. */
export type LeanTRPCPluginOptions<Router extends AnyTRPCRouter> = FastifyTRPCPluginOptions<Router>;

/**
 * Serves a tRPC router: a plain call, or a batch of them, is answered here; whatever else comes (subscriptions,
 * streamed batches, forms, files, WebSockets, calls that no procedure takes) goes to the official plugin,
 * which is registered behind. It answers what the official plugin would, with a `content-length`.
 * @example
 * app.register(leanTRPCPlugin, { prefix: "/trpc", trpcOptions: { router: appRouter, createContext } });
 */
export function leanTRPCPlugin<Router extends AnyTRPCRouter>(
  app: FastifyInstance,
  options: LeanTRPCPluginOptions<Router>,
  done: (error?: Error) => void,
): void {
  const trpcOptions = options.trpcOptions as HandlerOptions;
  let isOfficialRoute = true;
  app.addHook("onRoute", (route) => {
    if (!isOfficialRoute || !route.url.endsWith("/:path")) return;
    const official = route.handler;
    route.handler = function leanOrOfficial(request, reply) {
      const plain = plainRequest(request, trpcOptions);
      return plain === null
        ? official.call(this, request, reply)
        : answer(plain, { request, reply, options: trpcOptions });
    };
  });
  fastifyTRPCPlugin(app, options, done);
  isOfficialRoute = false;
}
