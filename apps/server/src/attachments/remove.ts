import { type AttachmentRow, type Unit, deleteAttachment, findAttachment } from "@helpdesk/db";
import { expectVisibleAttachment, refuse, removeAttachment as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "../tickets/record.ts";
import { situate } from "../tickets/situate.ts";

/** Takes a file away for good; where it was attached, the ticket's history says so. @throws RefusalError as `attachments.remove` declares. */
export const remove = (ctx: Context, { attachmentId }: { attachmentId: string }): Promise<{ id: string }> =>
  ctx.transact(async (unit) => {
    const read = async () =>
      expectVisibleAttachment(ctx.actor, await findAttachment.first(unit, { attachmentId }));
    await read();
    // No upload is deleted that a text took up since: from then on the ticket's history has to say so.
    const waiting = await deleteAttachment.first(unit, { attachmentId, isAttached: false });
    const gone = waiting ?? (await takeOff(ctx, unit, read));
    await ctx.jobs.enqueue(unit, "remove_files", { storageKeys: [gone.storageKey] });
    return { id: attachmentId };
  });

async function takeOff(ctx: Context, unit: Unit, read: () => Promise<AttachmentRow>) {
  const { ticket } = await read();
  const situation = await situate(ctx, unit, ticket!.id);
  // Two who remove it at once come here one after the other: the second finds nothing.
  const attachment = await read();
  if (attachment.ticket?.id !== ticket!.id) refuse({ code: "attachment.not_found" });
  await record(ctx, unit, decide(situation, attachment));
  const gone = await deleteAttachment.first(unit, { attachmentId: attachment.id, isAttached: true });
  return gone ?? refuse({ code: "attachment.not_found" });
}
