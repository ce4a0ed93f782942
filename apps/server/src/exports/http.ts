import type { Readable } from "node:stream";
import { type UserActor, expectReadyExport, may, refuse } from "@helpdesk/domain";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { contentDisposition } from "../attachments/content-disposition.ts";
import { tendTransfers } from "../attachments/http.ts";
import { asRefused } from "../attachments/problem.ts";
import { countCall } from "../calls/count.ts";
import { limitHeaders } from "../calls/limits.ts";
import { type Context, type RequestContext, type Resources, signedInContext } from "../context.ts";
import { sendProblem } from "../rest/answer.ts";
import { idSchema, safeText } from "../schemas.ts";
import { requestContext } from "../trpc-routes.ts";
import { exportOf } from "./get.ts";

export const exportFileAddress = "/exports/{exportId}/file";

/** The refusals of `GET /exports/:id/file`, beside those that all can answer. */
export const exportFileRefusals = ["export.not_found", "export.not_ready"] as const;

const fileQuery = z.strictObject({ link: safeText(1_000) });

/** `GET /exports/:id/file` gives an export's file to whoever has a link for it; refusals are problem details. */
export async function exportHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  const tended = tendTransfers(app);

  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asRefused(error), { path: exportFileAddress }),
  );

  app.get("/exports/:id/file", { exposeHeadRoute: false }, async (request, reply) => {
    const sent = requestContext(resources, request);
    const file = await tended("exports.file", async () => {
      const { link } = fileQuery.parse(request.query);
      const { id } = request.params as { id: string };
      const actor = await actorBehind(sent, link, id);
      return fileOf(await signedInContext(sent, actor), id);
    });
    return reply
      .headers({
        ...(sent.notes.limit ? limitHeaders(sent.notes.limit) : {}),
        "content-type": "application/zip",
        "content-length": file.sizeBytes,
        "content-disposition": contentDisposition(file.name),
        etag: `"${file.sha256}"`,
        "accept-ranges": "none",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      })
      .send(file.content);
  });
}

/** Who has the link, where they still may. @throws RefusalError `auth.required`, `permission.denied`, `rate.limited`. */
async function actorBehind(sent: RequestContext, link: string, exportId: string): Promise<UserActor> {
  const { exportLinks, principals, runtime } = sent.resources;
  const claims = await exportLinks.claims(link, exportId, runtime.now());
  const actor = claims ? await principals.actorBehind(claims) : null;
  if (!actor) return refuse({ code: "auth.required" });
  countCall(sent, actor, "costly");
  if (!may(actor, "export.manage")) refuse({ code: "permission.denied", permission: "export.manage" });
  return actor;
}

interface ExportFile {
  name: string;
  sizeBytes: number;
  sha256: string;
  content: Readable;
}

/** What is no id is the id of nothing. @throws RefusalError `export.not_found`, `export.not_ready`. */
async function fileOf({ read, request }: Context, id: string): Promise<ExportFile> {
  const { success, data: exportId } = idSchema.safeParse(id);
  const row = success ? await exportOf(read, exportId) : refuse({ code: "export.not_found" });
  expectReadyExport(row);
  const name = `export-${row.takenAt!.slice(0, 16).replace("T", "-").replace(":", "")}.zip`;
  const content = await request.resources.files.read(row.storageKey!);
  return { name, sizeBytes: row.sizeBytes!, sha256: row.sha256!, content };
}
