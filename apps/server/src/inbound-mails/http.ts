import { findInboundMail } from "@helpdesk/db";
import { expectVisibleMail } from "@helpdesk/domain";
import type { FastifyInstance } from "fastify";
import { actorBehind } from "../attachments/admit.ts";
import { contentDisposition } from "../attachments/content-disposition.ts";
import { asRefused } from "../attachments/problem.ts";
import { tendTransfers } from "../attachments/http.ts";
import { limitHeaders } from "../calls/limits.ts";
import { type Resources, signedInContext } from "../context.ts";
import { sendProblem } from "../rest/answer.ts";
import { idSchema } from "../schemas.ts";
import { requestContext } from "../trpc-routes.ts";

export const rawMailAddress = "/inbound-mails/{inboundMailId}/raw";

/** `GET /inbound-mails/:id/raw` gives a mail out as it came, as a file to be saved. */
export async function inboundMailHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  const tended = tendTransfers(app);
  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asRefused(error), { path: rawMailAddress }),
  );
  app.get("/inbound-mails/:id/raw", { exposeHeadRoute: false }, async (request, reply) => {
    const sent = requestContext(resources, request);
    const { row, content } = await tended("inboundMails.raw", async () => {
      const actor = await actorBehind(sent, "reads", {});
      const ctx = await signedInContext(sent, actor);
      const { success, data: id } = idSchema.safeParse((request.params as { id: string }).id);
      const found = success ? await findInboundMail.first(ctx.read, { id }) : undefined;
      const row = expectVisibleMail(actor, found?.storageKey === "" ? undefined : found);
      return { row, content: await resources.files.read(row.storageKey) };
    });
    return reply
      .headers({
        ...(sent.notes.limit ? limitHeaders(sent.notes.limit) : {}),
        // Of no type that a browser shows.
        "content-type": "application/octet-stream",
        "content-length": row.sizeBytes,
        "content-disposition": contentDisposition(`${row.id}.eml`),
        "cache-control": "private, no-store",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
      })
      .send(content);
  });
}
