import { callTRPCProcedure } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { whenCallerGoes } from "fastify-trpc-lean";
import { deprecationHeaders } from "../calls/deprecation.ts";
import { replayMark } from "../calls/headers.ts";
import { limitHeaders } from "../calls/limits.ts";
import type { CallNotes, RequestContext, Resources } from "../context.ts";
import { appRouter } from "../router.ts";
import { requestContext } from "../trpc-routes.ts";
import { sendProblem, sendResult } from "./answer.ts";
import { HttpProblem } from "./problem.ts";
import { inputReader } from "./request.ts";
import type { Method, Route } from "./route.ts";
import { definitionOf } from "./shape.ts";
import { table } from "./table.ts";

/** `/api/v1`: the procedures by resource paths, in JSON, with errors as problem details. */
export async function restRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  takeJsonOnly(app);
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  for (const route of table) serve(app, resources, route);
  for (const [url, methods] of methodsByUrl()) refuseOthers(app, url, methods);
  app.all("/*", nothingHere);
  app.all("/", nothingHere);
}

function nothingHere(): never {
  throw new HttpProblem(404, "There is nothing here.");
}

const urlOf = ({ path }: Pick<Route, "path">): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

function serve(app: FastifyInstance, resources: Resources, route: Route): void {
  const { procedure: path, method } = route;
  const { type } = definitionOf(path);
  const { read, placing } = inputReader(route);

  app.route({
    method,
    url: urlOf(route),
    handler: async (request, reply) => {
      let notes: CallNotes | undefined;
      const noted = () =>
        reply.headers({
          ...replayMark(notes),
          ...(notes?.limit && limitHeaders(notes.limit)),
          ...deprecationHeaders([definitionOf(path).meta.deprecated]),
        });
      try {
        const input = read(request);
        const signal = whenCallerGoes(reply);
        const ctx: RequestContext = { ...requestContext(resources, request), signal, isRest: true };
        ({ notes } = ctx);
        const getRawInput = async () => input;
        const call = { router: appRouter, path, type, ctx, getRawInput, signal, batchIndex: 0 };
        const result = await callTRPCProcedure(call);
        return sendResult(request, noted(), route, result);
      } catch (error) {
        return sendProblem(request, noted(), error, { path: route.path, placing });
      }
    },
  });
}

/** An empty body is none: clients name a type for it. */
function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) =>
    text === "" ? done(null, undefined) : void parse(request, text, done),
  );
}

/** Of `attachmentHttpRoutes`, which take no HEAD. */
const fileRoutes = [
  { path: "/attachments", method: "POST" },
  { path: "/attachments/{attachmentId}", method: "GET" },
] as const;

/** What each address takes. Fastify answers HEAD where there is a GET of ours. */
function methodsByUrl(): Map<string, Served[]> {
  const ours = table.flatMap(({ path, method }): { path: string; method: Served }[] => [
    { path, method },
    ...(method === "GET" ? [{ path, method: "HEAD" as const }] : []),
  ]);
  const rows = Map.groupBy([...ours, ...fileRoutes], urlOf);
  return new Map([...rows].map(([url, routes]) => [url, routes.map(({ method }) => method)]));
}

type Served = Method | "HEAD";
const METHODS: readonly Served[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

function refuseOthers(app: FastifyInstance, url: string, methods: readonly Served[]): void {
  const allow = [...METHODS.filter((method) => methods.includes(method)), "OPTIONS"].join(", ");
  app.options(url, (_request, reply) => reply.header("allow", allow).code(204).send());
  app.route({
    method: METHODS.filter((method) => !methods.includes(method)),
    url,
    exposeHeadRoute: false,
    handler: (request, reply) =>
      sendProblem(request, reply.header("allow", allow), new HttpProblem(405, `This takes ${allow}.`)),
  });
}
