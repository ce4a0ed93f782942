import { Readable } from "node:stream";
import { dropUpload, findAttachmentPlace, finishUpload, holdPerson, insertUpload } from "@helpdesk/db";
import { expectVisible, fileNameOf, refuse } from "@helpdesk/domain";
import type { Context, Resources } from "../context.ts";
import type { Env } from "../env.ts";
import { Inspection, type UploadLimits } from "./inspection.ts";
import type { UploadView } from "./view.ts";

/** Uploads that a person may have waiting. */
const MAX_WAITING = 50;

export interface Upload {
  /** Null for a ticket that is still to be opened. */
  ticketId: string | null;
  name: string;
  content: AsyncIterable<Buffer>;
}

/** What taking a file in needs of a context: mail brings files, too. */
export interface Receiving extends Pick<
  Context,
  "actor" | "desk" | "now" | "newId" | "jobs" | "read" | "transact"
> {
  request: { resources: Pick<Resources, "env" | "files" | "log" | "runtime"> };
}

const uploadLimitsOf = (env: Env): UploadLimits => ({
  maxBytes: env.ATTACHMENT_MAX_BYTES,
  allowed: env.ATTACHMENT_TYPES_ALLOWED,
  denied: env.ATTACHMENT_TYPES_DENIED,
});

/**
 * Stores a file for a ticket that the actor may write on. Its row is committed before its first byte and again after
 * the last, so that nothing that happens between leaves a file that no row knows.
 * @throws RefusalError as `uploadRefusals` lists, or whatever `content` throws; nothing is left then.
 */
export async function receive(ctx: Receiving, { ticketId, name, content }: Upload): Promise<UploadView> {
  const { env, files, log, runtime } = ctx.request.resources;
  const { actor } = ctx;
  if (ticketId !== null) await expectWritable(ctx, ticketId);
  const id = ctx.newId();
  const storageKey = `attachments/${runtime.randomBytes(16).toString("hex")}`;
  const isBegun = await ctx.transact(async (unit) => {
    await holdPerson(unit, { userId: actor.userId });
    return insertUpload.first(unit, {
      id,
      ticketId,
      name: fileNameOf(name),
      storageKey,
      actorId: actor.userId,
      limit: MAX_WAITING,
      at: ctx.now,
    });
  });
  if (!isBegun) refuse({ code: "attachment.too_many", limit: MAX_WAITING });
  // Where this fails, the sweep finds the row and with it the file.
  const discard = async () => {
    await files.remove(storageKey);
    await ctx.transact((unit) => dropUpload(unit, { id }));
  };
  const inspection = new Inspection(uploadLimitsOf(env));
  try {
    await files.write(storageKey, Readable.from(inspection.pass(content), { objectMode: false }));
    const inspected = inspection.result();
    return await ctx.transact(async (unit) => {
      const state = env.CLAMD_ADDRESS === undefined ? "ready" : "scanning";
      const quotaBytes = env.ATTACHMENT_QUOTA_BYTES;
      const row = await finishUpload.first(unit, { id, ...inspected, state, quotaBytes });
      if (!row) refuse({ code: "attachment.quota_exceeded", limitBytes: quotaBytes });
      if (state === "scanning")
        await ctx.jobs.enqueue(unit, "scan_attachment", {
          organizationId: actor.organizationId,
          attachmentId: id,
        });
      return row;
    });
  } catch (error) {
    await discard().catch((problem: unknown) => log.warn({ err: problem, storageKey }, "upload left behind"));
    throw error;
  }
}

async function expectWritable({ actor, desk, read }: Receiving, ticketId: string): Promise<void> {
  const found = await findAttachmentPlace.first(read, { ticketId });
  expectVisible(actor, found?.ticket);
  if (desk.statuses.byId(found!.statusId).category === "closed") refuse({ code: "ticket.closed" });
}
