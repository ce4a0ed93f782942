import { hash } from "node:crypto";
import { TRPCError } from "@trpc/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Explained, problemOf } from "./problem.ts";
import { PREFIX, type Route } from "./route.ts";

/** What answers have in common that HTTP has headers for. */
interface Told {
  id?: string;
  version?: number | null;
  nextCursor?: string | null;
}

/** What a procedure answered, as HTTP has it: status, address of what was made, ETag, link to the next page. */
export function sendResult(
  { method, url, headers }: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  result: unknown,
): FastifyReply {
  if (result === null) return reply.code(204).send();
  const body = JSON.stringify(result);
  const { id, version, nextCursor } = result as Told;
  const isRead = method === "GET" || method === "HEAD";
  const isVersioned = typeof version === "number" && !route.isVersionOfAnother;
  const etag = isVersioned ? etagOf(version, isRead ? body : null) : null;
  const location =
    route.made !== undefined && id !== undefined ? PREFIX + route.made.replace("{id}", id) : null;
  if (isRead && etag !== null) {
    // Kept to be asked about again.
    void reply.headers({ etag, "cache-control": "private, no-cache" });
    if (namesIt(headers["if-none-match"], etag)) return reply.code(304).send();
  }
  return reply
    .headers({
      ...(etag !== null && { etag }),
      ...(location !== null && { location }),
      ...(typeof nextCursor === "string" && { link: nextLink(url, nextCursor) }),
    })
    .code(location === null ? 200 : 201)
    .type("application/json; charset=utf-8")
    .send(body);
}

/** The version, which changes are checked by; and of what is read its hash, as more than fields may have changed. */
const etagOf = (version: number, body: string | null): string =>
  body === null ? `"${version}"` : `"${version}-${hash("sha1", body, "base64url")}"`;

const namesIt = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === "*" ||
    ifNoneMatch.split(",").some((each) => each.trim().replace(/^W\//, "") === etag));

function nextLink(url: string, cursor: string): string {
  const [path, query] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}

/** An error as the problem it is. A defect is logged here where it is not one of a procedure, which logs its own. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  explained: Explained = {},
): FastifyReply {
  const problem = problemOf(error, request.id, explained);
  const { status, refusal, errorId } = problem;
  if (errorId !== null && !(error instanceof TRPCError)) request.log.error({ err: error, errorId }, "defect");
  const seconds =
    refusal && "retryAfterSeconds" in refusal ? refusal.retryAfterSeconds : status === 503 ? 1 : 0;
  return reply
    .headers({
      ...(seconds > 0 && { "retry-after": String(seconds) }),
      ...(status === 401 && { "www-authenticate": "Bearer" }),
    })
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify(problem));
}
