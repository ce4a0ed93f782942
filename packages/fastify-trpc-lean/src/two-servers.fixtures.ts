import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import Fastify from "fastify";
import { type EveryKind, type KindOptions, everyKind } from "./every-kind.fixtures.ts";
import { leanTRPCPlugin } from "./plugin.ts";

type HandlerOptions = FastifyTRPCPluginOptions<EveryKind>["trpcOptions"];

/** How a router is served: what the options of the plugin and of the router differ by. */
export interface Serving extends KindOptions {
  options?: Partial<Omit<HandlerOptions, "router" | "createContext" | "onError">>;
  isContextFailing?: boolean;
}

export interface Served extends AsyncDisposable {
  url: string;
  /** What `onError` was told, in its order. */
  errors: unknown[];
  /** The calls whose signal was aborted. */
  aborted: string[];
}

/** A server of its own with every kind of procedure, behind our plugin or the official one. */
export async function serve(
  plugin: "lean" | "official",
  { options = {}, isContextFailing = false, ...kind }: Serving = {},
): Promise<Served> {
  const errors: unknown[] = [];
  const aborted: string[] = [];
  const app = Fastify({
    bodyLimit: 10_000,
    routerOptions: { maxParamLength: 5_000 },
    // A connection is not idle yet when its client has just read the last of a stream.
    forceCloseConnections: true,
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ caught: error.message }),
  );
  await app.register(plugin === "lean" ? leanTRPCPlugin<EveryKind> : fastifyTRPCPlugin<EveryKind>, {
    prefix: "/trpc",
    trpcOptions: {
      router: everyKind(kind),
      createContext: ({ req, info }) => {
        if (isContextFailing) throw new Error("There is no context.");
        const { accept, type, isBatchCall, connectionParams, url, signal } = info;
        const calls = info.calls.map(({ path, batchIndex, procedure }) => ({
          path,
          batchIndex,
          type: procedure?._def.type,
        }));
        const told = {
          accept,
          type,
          isBatchCall,
          connectionParams,
          search: url?.search,
          pathname: url?.pathname,
          isAborted: signal.aborted,
          method: req.method,
          calls,
        };
        return { told, aborted: (path) => void aborted.push(path) };
      },
      onError: ({ error, path, input, type, ctx, req }) =>
        errors.push({
          message: error.message,
          code: error.code,
          cause: error.cause?.message,
          path,
          input,
          type,
          knows: ctx !== undefined,
          method: req.method,
        }),
      ...options,
    } as HandlerOptions,
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, errors, aborted, [Symbol.asyncDispose]: () => app.close() };
}

export interface Sent {
  method?: string;
  /** After `/trpc/`, or a whole target. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request as it is, on a connection of its own. */
export function send(url: string, { method = "GET", path, headers = {}, body }: Sent): Promise<Got> {
  const { port } = new URL(url);
  const target = /^(\/|http:)/.test(path) ? path : `/trpc/${path}`;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path: target, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("latin1"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
