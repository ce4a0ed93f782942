import { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import { finishImportFile, insertImportFile, listImportProblems } from "@helpdesk/db";
import { type Permission, fileNameOf, may, refuse } from "@helpdesk/domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorBehind, admit } from "../attachments/admit.ts";
import { contentDisposition } from "../attachments/content-disposition.ts";
import { fileOf, formLimits } from "../attachments/form.ts";
import { tendTransfers } from "../attachments/http.ts";
import { asRefused } from "../attachments/problem.ts";
import { whileAwaited } from "../calls/awaited.ts";
import { limitHeaders } from "../calls/limits.ts";
import { type Context, type RequestContext, type Resources, signedInContext } from "../context.ts";
import { csvCell } from "../reports/csv.ts";
import { sendProblem } from "../rest/answer.ts";
import { idSchema } from "../schemas.ts";
import { requestContext } from "../trpc-routes.ts";
import { importOf } from "./get.ts";
import type { ImportFile } from "./view.ts";

export const importAddresses = {
  upload: "/imports/files",
  problems: "/imports/{importId}/problems.csv",
} as const;

/** The refusals of `POST /imports/files`, beside those that all can answer. */
export const importUploadRefusals = ["import.file_too_large"] as const;
/** The refusals of `GET /imports/:id/problems.csv`, beside those that all can answer. */
export const importCsvRefusals = ["import.not_found"] as const;

const managing: readonly [Permission] = ["import.manage"];

const addressOf = ({ method }: FastifyRequest): string =>
  method === "POST" ? importAddresses.upload : importAddresses.problems;

const limitOf = ({ notes }: RequestContext) => (notes.limit ? limitHeaders(notes.limit) : {});

/** `POST /imports/files` takes a file in, `GET /imports/:id/problems.csv` gives out what is wrong with its lines. */
export async function importHttpRoutes(
  app: FastifyInstance,
  { resources }: { resources: Resources },
): Promise<void> {
  await app.register(multipart, { limits: formLimits, throwFileSizeLimit: false });
  const tended = tendTransfers(app);

  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asRefused(error), { path: addressOf(request) }),
  );

  app.post(importAddresses.upload, async (request, reply) => {
    const sent = requestContext(resources, request);
    const file = await tended("imports.upload", () =>
      whileAwaited(sent, async (cancellation) => {
        const ctx = await admit(sent, request, managing, cancellation);
        const maxBytes = resources.env.IMPORT_MAX_BYTES;
        const { name, content } = await fileOf(request, maxBytes).catch(asTooLarge(maxBytes));
        return receive(ctx, { name, content });
      }),
    );
    return reply.headers(limitOf(sent)).code(201).send(file);
  });

  app.get("/imports/:id/problems.csv", { exposeHeadRoute: false }, async (request, reply) => {
    const sent = requestContext(resources, request);
    const { ctx, id } = await tended("imports.csv", async () => {
      const actor = await actorBehind(sent, "reads", {});
      if (!may(actor, "import.manage")) refuse({ code: "permission.denied", permission: "import.manage" });
      const ctx = await signedInContext(sent, actor);
      const { success, data: id } = idSchema.safeParse((request.params as { id: string }).id);
      if (!success) return refuse({ code: "import.not_found" });
      await importOf(ctx.read, id);
      return { ctx, id };
    });
    return reply
      .headers({
        ...limitOf(sent),
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": contentDisposition(`import-problems-${id}.csv`),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      })
      .send(Readable.from(csvOfProblems(ctx, id), { objectMode: false }));
  });
}

/** @throws what it is given, but for the limit of attachments. */
const asTooLarge =
  (limitBytes: number) =>
  (error: unknown): never => {
    if ((error as { refusal?: { code: string } }).refusal?.code === "attachment.too_large")
      return refuse({ code: "import.file_too_large", limitBytes });
    throw error;
  };

/** Stores a file. Its row is committed before its first byte, so that the sweep knows what was broken off. */
async function receive(
  { actor, newId, now, request, transact }: Context,
  { name, content }: { name: string; content: AsyncIterable<Buffer> },
): Promise<ImportFile> {
  const { env, files, runtime } = request.resources;
  const id = newId();
  const storageKey = `imports/${runtime.randomBytes(16).toString("hex")}`;
  const file = { id, name: fileNameOf(name), storageKey, createdById: actor.userId, at: now };
  await transact((unit) => insertImportFile(unit, file));
  let sizeBytes = 0;
  async function* measured() {
    for await (const chunk of content) {
      sizeBytes += chunk.length;
      if (sizeBytes > env.IMPORT_MAX_BYTES)
        refuse({ code: "import.file_too_large", limitBytes: env.IMPORT_MAX_BYTES });
      yield chunk;
    }
  }
  try {
    await files.write(storageKey, Readable.from(measured(), { objectMode: false }));
  } catch (error) {
    await files.remove(storageKey);
    throw error;
  }
  await transact((unit) => finishImportFile(unit, { id, sizeBytes }));
  return { id, name: file.name, sizeBytes };
}

const PAGE = 1_000;

async function* csvOfProblems({ read }: Context, importId: string): AsyncGenerator<string> {
  yield "line,field,reason,value\r\n";
  for (let [afterLine, afterOrdinal] = [0, 0]; ;) {
    const rows = await listImportProblems(read, { importId, afterLine, afterOrdinal, limit: PAGE });
    const last = rows.at(-1);
    if (!last) return;
    yield rows
      .map(({ line, field, reason, value }) => `${[line, field, reason, value].map(csvCell).join(",")}\r\n`)
      .join("");
    [afterLine, afterOrdinal] = [last.line, last.ordinal];
  }
}
