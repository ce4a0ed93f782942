import {
  type ClaimedMail,
  type Unit,
  findMailDepartment,
  listPeopleBehind,
  tellOfReceipt,
} from "@helpdesk/db";
import { RefusalError, type UserActor, may } from "@helpdesk/domain";
import type { ActingUser } from "../context.ts";
import { openIn } from "../tickets/open.ts";
import { replyIn } from "../tickets/reply.ts";
import { setCcIn } from "../tickets/set-cc.ts";
import type { Filed } from "./file-away.ts";
import type { ReadMail } from "./message.ts";
import type { Outcome } from "./outcome.ts";

const NO_SUBJECT = "(no subject)";
const NO_TEXT = "(no text)";

interface Acting {
  claimed: ClaimedMail;
  mail: ReadMail;
  ticketId: string | null;
  filed: Filed;
  isProven: boolean;
  /** Whether who is behind it is told that it has become a ticket. */
  isAcknowledged: boolean;
}

/** Opens the ticket or adds the reply, with what came along. */
export async function act(ctx: ActingUser, unit: Unit, acting: Acting): Promise<Outcome> {
  const { claimed, mail, filed, isProven } = acting;
  const { attachmentIds } = filed;
  if (acting.ticketId !== null) {
    const { ticketId } = acting;
    const id = ctx.newId();
    const body = mail.reply === "" ? NO_TEXT : mail.reply;
    await replyIn(ctx, unit, { ticketId, id, body, attachmentIds });
    if (isProven) await copy(ctx, unit, ticketId, mail);
    return { state: "replied", ticketId, commentId: id, isProven };
  }
  const text = mail.text.slice(0, 65_000).toWellFormed();
  const { id: ticketId } = await openIn(ctx, unit, {
    title: mail.subject === "" ? NO_SUBJECT : mail.subject,
    description: text === "" ? NO_TEXT : text,
    departmentId: await departmentOf(unit, claimed),
    fields: {},
    source: "email",
    attachmentIds,
    customerId: ctx.actor.userId,
  });
  if (acting.isAcknowledged) {
    const { userId } = ctx.actor;
    await tellOfReceipt(unit, { id: ctx.newId(), userId, ticketId, at: ctx.now });
  }
  return { state: "opened", ticketId, commentId: null, isProven };
}

async function departmentOf(unit: Unit, { envelope, release }: ClaimedMail): Promise<string | null> {
  if (release?.departmentId) return release.departmentId;
  const localParts = envelope.recipients.map((each) => JSON.stringify(each.slice(0, each.lastIndexOf("@"))));
  const row = await findMailDepartment.first(unit, { localParts: `{${localParts.join(",")}}` });
  return row?.departmentId ?? null;
}

/** Puts people of the organization whom a proven mail names in Cc in copy, where its author may. Strangers stay strangers. */
async function copy(ctx: ActingUser, unit: Unit, ticketId: string, { cc }: ReadMail): Promise<void> {
  if (cc.length === 0 || !mayCopy(ctx.actor)) return;
  const emails = `{${cc.map((each) => JSON.stringify(each)).join(",")}}`;
  for (const { id } of await listPeopleBehind(unit, { emails })) {
    try {
      await setCcIn(ctx, unit, ticketId, { add: [id], remove: [] });
    } catch (error) {
      // Whoever cannot be in copy of it is left out; nothing has been written then.
      if (!(error instanceof RefusalError)) throw error;
    }
  }
}

const mayCopy = (actor: UserActor): boolean => may(actor, "ticket.edit");
