import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Resources } from "../context.ts";
import { observeCall } from "../metrics.ts";
import { idSchema, safeText } from "../schemas.ts";
import { actorBehind, admit, contextOf } from "./admit.ts";
import { type Download, download } from "./download.ts";
import { contentDisposition } from "./content-disposition.ts";
import { fileOf, formLimits } from "./form.ts";
import { outcomeOf, problemOf } from "./problem.ts";
import { receive } from "./receive.ts";

/** The refusals of `POST /attachments`, beside those that all can answer. */
export const uploadRefusals = [
  "ticket.not_found",
  "ticket.closed",
  "attachment.too_large",
  "attachment.type_not_allowed",
  "attachment.quota_exceeded",
  "attachment.too_many",
] as const;

export type UploadRefusalCode = (typeof uploadRefusals)[number];

const uploadQuery = z.strictObject({ ticketId: idSchema.optional() });
const downloadQuery = z.strictObject({ link: safeText(1_000).optional() });

/** How long transfers may go on once the process is to end. */
const CLOSING_MS = 5_000;

/** `POST /attachments` takes a file in, `GET /attachments/:id` gives one out; refusals are problem details. */
export async function attachmentHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  await app.register(multipart, { limits: formLimits, throwFileSizeLimit: false });
  const tended = tendTransfers(app);

  app.setErrorHandler((error, request, reply) => {
    const { status, body } = problemOf(error, request.id);
    if (body.errorId !== null) request.log.error({ err: error, errorId: request.id }, "defect");
    return reply
      .headers(status === 503 ? { "retry-after": "1" } : {})
      .code(status)
      .type("application/problem+json")
      .send(JSON.stringify(body));
  });

  app.post("/attachments", async (request, reply) => {
    const upload = await tended("attachments.upload", async () => {
      const query = uploadQuery.parse(request.query);
      const ticketId = query.ticketId ?? null;
      const ctx = await admit(resources, request, ticketId === null ? opening : writing);
      const { name, content } = await fileOf(request, resources.env.ATTACHMENT_MAX_BYTES);
      return receive(ctx, { ticketId, name, content });
    });
    return reply.code(201).send(upload);
  });

  app.get("/attachments/:id", { exposeHeadRoute: false }, async (request, reply) => {
    const file = await tended("attachments.download", async () => {
      const { link } = downloadQuery.parse(request.query);
      const { id } = request.params as { id: string };
      const actor = await actorBehind(resources, request, { link, attachmentId: id });
      const ctx = await contextOf(resources, request, actor);
      return download(ctx, id, request.headers["if-none-match"]);
    });
    const answer = reply.headers(headersOf(file));
    return file.content === null ? answer.code(304).send() : answer.send(file.content);
  });
}

const writing = ["ticket.reply", "ticket.note"] as const;
const opening = ["ticket.open"] as const;

/** A file is never a page of ours, whatever is in it. */
const headersOf = ({ name, contentType, sizeBytes, etag, content }: Download) => ({
  etag,
  "cache-control": "private, no-cache",
  "accept-ranges": "none",
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  ...(content === null
    ? {}
    : {
        "content-type": contentType,
        "content-length": sizeBytes,
        "content-disposition": contentDisposition(name),
      }),
});

/**
 * Transfers are counted and timed. Once the process is to end those under way get a moment, then they are cut: a slow
 * line does not keep it, and what was cut is still tidied up.
 */
function tendTransfers(app: FastifyInstance) {
  const lines = new Set<FastifyRequest["raw"]>();
  const works = new Set<Promise<unknown>>();
  app.addHook("onRequest", async ({ raw }, reply) => {
    lines.add(raw);
    reply.raw.once("close", () => lines.delete(raw));
  });
  app.addHook("preClose", async () => {
    setTimeout(() => lines.forEach((raw) => raw.destroy()), CLOSING_MS).unref();
  });
  app.addHook("onClose", async () => void (await Promise.allSettled(works)));

  return <T>(path: string, transfer: () => Promise<T>): Promise<T> => {
    const done = observeCall(path, "http");
    const work = transfer().finally(() => works.delete(work));
    works.add(work);
    work.then(
      () => done("ok"),
      (error: unknown) => done(outcomeOf(error)),
    );
    return work;
  };
}
