import type { FastifyRequest } from "fastify";
import { meant, meantBy } from "./query.ts";
import { HttpProblem, type Placing, refuseInput } from "./problem.ts";
import type { Route } from "./route.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** What makes a procedure's input of a request. Its shape is worked out at the first one. */
export interface InputReader {
  placing: Placing;
  /** @throws RefusalError `input.invalid`. @throws HttpProblem where `If-Match` is missing, not one ETag or none of ours. */
  read(request: FastifyRequest): Record<string, unknown>;
}

/** Of those that all calls take. */
const HEADERS: readonly string[] = ["Idempotency-Key", "request-timeout-ms"];

export function inputReader(route: Route): InputReader {
  let shape: Shape | undefined;
  const shapeOnce = () => (shape ??= shapeOf(route));
  return {
    placing(name) {
      const { path, query } = shapeOnce();
      if (HEADERS.includes(String(name))) return "header";
      return Object.hasOwn(path, name) || Object.hasOwn(query, name) ? "parameter" : "pointer";
    },
    read(request) {
      const { path, query, body, spread, isVersioned } = shapeOnce();
      const input: Record<string, unknown> = body === null ? withoutBody(request) : bodyOf(request);
      for (const [name, schema] of Object.entries(path)) {
        refuseTwice(input, name);
        input[name] = meant((request.params as Record<string, string>)[name]!, schema);
      }
      const filters: Record<string, unknown> = {};
      for (const [name, given] of Object.entries(request.query as Record<string, string | string[]>)) {
        const schema = Object.hasOwn(query, name) ? query[name] : undefined;
        if (schema === undefined)
          throw new HttpProblem(400, "There is no such query parameter.", [
            { detail: "is not known here", parameter: name },
          ]);
        (spread.includes(name) ? filters : input)[name] = meantBy(given, schema);
      }
      if (route.spread !== undefined) input[route.spread] = filters;
      if (isVersioned) {
        refuseTwice(input, "version");
        input["version"] = versionIn(request.headers["if-match"]);
      }
      return input;
    },
  };
}

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== "object" || Array.isArray(body))
    refuseInput({ path: [], message: "must be an object" });
  return { ...body };
}

function withoutBody({ body }: FastifyRequest): Record<string, unknown> {
  if (body !== undefined && body !== null && Object.keys(body).length > 0)
    refuseInput({ path: [], message: "There is nothing to say in a body here." });
  return {};
}

/** What path and headers say is not said in the body again: the two could differ. */
function refuseTwice(input: object, name: string): void {
  if (Object.hasOwn(input, name)) refuseInput({ path: [name], message: "is not given in the body" });
}

const TAG = /(?:W\/)?"[^"]*"/g;
const LIST = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/;
/** The version comes first in an ETag of ours; a proxy may have made it a weak one. */
const ETAG = /^(?:W\/)?"([1-9]\d{0,9})(?:-[\w-]+)?"$/;

function versionIn(ifMatch: string | undefined): number {
  const header = "If-Match";
  if (ifMatch === undefined)
    throw new HttpProblem(428, "If-Match is needed: the ETag that was read.", [
      { detail: "is missing", header },
    ]);
  const tags = LIST.test(ifMatch) ? ifMatch.match(TAG)! : [];
  const versions = tags.flatMap((tag) => ETAG.exec(tag)?.[1] ?? []);
  if (tags.length > 0 && versions.length === 0)
    throw new HttpProblem(412, "What is there has none of these ETags.", [
      { detail: "names no ETag of this API", header },
    ]);
  const [version] = versions;
  if (version === undefined || versions.length > 1)
    throw new HttpProblem(400, "If-Match takes one ETag, as it was read.", [
      { detail: "is not one ETag of this API", header },
    ]);
  return Number(version);
}
