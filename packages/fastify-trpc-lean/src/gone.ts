import type { FastifyReply } from "fastify";

/** A signal that is aborted when the caller goes away before the answer is sent. */
export function whenCallerGoes({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableEnded) controller.abort();
  });
  return controller.signal;
}
