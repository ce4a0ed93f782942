import type { FastifyReply, FastifyRequest } from "fastify";

const BODY_MS = 30_000;

/** Cuts the line of who sends a body too slowly; a body alone is waited for, and a file's is given longer by the server. */
export function deadlineOfBody({ raw, url }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (raw.method !== "GET" && !/^(\/api\/v1)?\/(attachments|imports\/files)/.test(url)) {
    const timer = setTimeout(() => raw.destroy(), BODY_MS);
    raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  }
  done();
}
