import type { Readable } from "node:stream";
import { findAttachment } from "@helpdesk/db";
import { expectReady, expectVisibleAttachment } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { idSchema } from "../schemas.ts";

export interface Download {
  name: string;
  contentType: string;
  sizeBytes: number;
  etag: string;
  /** Null where the caller has it already. */
  content: Readable | null;
}

/** A file that the actor may see; `known` is what the caller has of it, as `If-None-Match` says. What is no id is the id of nothing. @throws RefusalError `attachment.not_found`, `attachment.scan_pending`, `attachment.infected`. */
export async function download(ctx: Context, id: string, known: string | undefined): Promise<Download> {
  const { success, data: attachmentId } = idSchema.safeParse(id);
  const row = success ? await findAttachment.first(ctx.read, { attachmentId }) : undefined;
  const { name, state, contentType, sizeBytes, sha256, storageKey } = expectVisibleAttachment(ctx.actor, row);
  expectReady({ state });
  const etag = `"${sha256}"`;
  const content = isKnown(etag, known) ? null : await ctx.request.resources.files.read(storageKey);
  return { name, contentType: contentType!, sizeBytes, etag, content };
}

/** Whether `If-None-Match` names the file: `*`, or a list of tags, each of which may be called weak. */
const isKnown = (etag: string, known = ""): boolean =>
  known.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
