import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { whileAwaited } from "../calls/awaited.ts";
import { limitHeaders } from "../calls/limits.ts";
import { type RequestContext, type Resources, signedInContext } from "../context.ts";
import { observeCall } from "../metrics.ts";
import { sendProblem } from "../rest/answer.ts";
import { idSchema, safeText } from "../schemas.ts";
import { requestContext } from "../trpc-routes.ts";
import { actorBehind, admit } from "./admit.ts";
import { type Download, download } from "./download.ts";
import { contentDisposition } from "./content-disposition.ts";
import { fileOf, formLimits } from "./form.ts";
import { asRefused, outcomeOf } from "./problem.ts";
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

/** What a request names: that may be missing, or out of sight. */
const addressOf = ({ method }: FastifyRequest): string =>
  method === "POST" ? fileAddresses.upload : fileAddresses.download;

export const fileAddresses = {
  upload: "/attachments?ticketId={ticketId}",
  download: "/attachments/{attachmentId}",
} as const;

/** `POST /attachments` takes a file in, `GET /attachments/:id` gives one out; refusals are problem details. */
export async function attachmentHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  await app.register(multipart, { limits: formLimits, throwFileSizeLimit: false });
  const tended = tendTransfers(app);

  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asRefused(error), { path: addressOf(request) }),
  );

  app.post("/attachments", async (request, reply) => {
    const sent = requestContext(resources, request);
    const upload = await tended("attachments.upload", () =>
      whileAwaited(sent, async (cancellation) => {
        const query = uploadQuery.parse(request.query);
        const ticketId = query.ticketId ?? null;
        const ctx = await admit(sent, request, ticketId === null ? opening : writing, cancellation);
        const { name, content } = await fileOf(request, resources.env.ATTACHMENT_MAX_BYTES);
        return receive(ctx, { ticketId, name, content });
      }),
    );
    return reply.headers(limitOf(sent)).code(201).send(upload);
  });

  app.get("/attachments/:id", { exposeHeadRoute: false }, async (request, reply) => {
    const sent = requestContext(resources, request);
    const file = await tended("attachments.download", () =>
      whileAwaited(sent, async (cancellation) => {
        const { link } = downloadQuery.parse(request.query);
        const { id } = request.params as { id: string };
        const actor = await actorBehind(sent, "reads", { link, attachmentId: id });
        const ctx = await signedInContext(sent, actor, cancellation);
        return download(ctx, id, request.headers["if-none-match"]);
      }),
    );
    const answer = reply.headers({ ...limitOf(sent), ...headersOf(file) });
    return file.content === null ? answer.code(304).send() : answer.send(file.content);
  });
}

const limitOf = ({ notes }: RequestContext) => (notes.limit ? limitHeaders(notes.limit) : {});

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
export function tendTransfers(app: FastifyInstance) {
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
