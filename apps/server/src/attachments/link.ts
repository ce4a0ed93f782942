import { findAttachment } from "@helpdesk/db";
import { type Instant, expectReady, expectVisibleAttachment } from "@helpdesk/domain";
import type { Context } from "../context.ts";

export interface AttachmentLink {
  path: string;
  expiresAt: Instant;
}

/** A path that a browser can open without a header, for a minute. @throws RefusalError as `attachments.url` declares. */
export async function link(
  ctx: Context,
  { attachmentId }: { attachmentId: string },
): Promise<AttachmentLink> {
  const { actor, now } = ctx;
  expectReady(expectVisibleAttachment(actor, await findAttachment.first(ctx.read, { attachmentId })));
  const { token, expiresAt } = await ctx.request.resources.attachmentLinks.issue(actor, attachmentId, now);
  return { path: `/attachments/${attachmentId}?link=${token}`, expiresAt };
}
