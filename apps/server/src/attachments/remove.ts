import { type AttachmentRow, type Unit, deleteAttachment, findAttachment } from "@helpdesk/db";
import { expectVisibleAttachment, refuse, removeAttachment as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "../tickets/record.ts";
import { situate } from "../tickets/situate.ts";

/** Takes a file away for good; where it was attached, the ticket's history says so. @throws RefusalError as `attachments.remove` declares. */
export const remove = (ctx: Context, { attachmentId }: { attachmentId: string }): Promise<{ id: string }> =>
  ctx.transact(async (unit) => {
    const read = async (via: Unit) =>
      expectVisibleAttachment(ctx.actor, await findAttachment.first(via, { attachmentId }));
    const known = await read(unit);
    if (known.attachedAt !== null) await takeOff(ctx, unit, known, read);
    const gone = await deleteAttachment.first(unit, { attachmentId });
    if (!gone) refuse({ code: "attachment.not_found" });
    await ctx.jobs.enqueue(unit, "remove_files", { storageKeys: [gone.storageKey] });
    return { id: attachmentId };
  });

async function takeOff(
  ctx: Context,
  unit: Unit,
  known: AttachmentRow,
  read: (unit: Unit) => Promise<AttachmentRow>,
): Promise<void> {
  const situation = await situate(ctx, unit, known.ticket!.id);
  // Two who remove it at once come here one after the other: the second finds nothing.
  const attachment = await read(unit);
  if (attachment.ticket?.id !== known.ticket!.id) refuse({ code: "attachment.not_found" });
  await record(ctx, unit, decide(situation, attachment));
}
