import {
  type Unit,
  findAttachmentPlace,
  findInboundMail,
  findSpeaker,
  lockInboundMail,
  releaseMail,
} from "@helpdesk/db";
import {
  departmentOf,
  expectUndecided,
  expectVersion,
  expectVisible,
  expectVisibleMail,
  isOnCustomersSide,
  refuse,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type MailView, toMail } from "./view.ts";

interface Release {
  inboundMailId: string;
  version: number;
  /** Null for a new ticket. */
  ticketId?: string | null | undefined;
  personId?: string | undefined;
  departmentId?: string | null | undefined;
}

/**
 * Has a mail that waits made a new ticket or a reply, by whom it is from or by a person who is named: the worker does it
 * next. A reply is only ever given to somebody on the customer's side of its ticket.
 * @throws RefusalError as `inboundMails.release` declares.
 */
export const release = ({ actor, desk, now, transact }: Context, input: Release): Promise<MailView> =>
  transact(async (unit) => {
    const { inboundMailId: id, version, ticketId = null, personId = null, departmentId = null } = input;
    const row = expectVisibleMail(actor, await lockInboundMail.first(unit, { id }));
    expectVersion({ version: row.version, updatedAt: row.receivedAt }, version);
    expectUndecided(row);
    // Nothing can be made of it where retention or an erasure took it.
    if (row.storageKey === "") refuse({ code: "inbound_mail.settled", state: row.state });
    if (departmentId !== null) departmentOf(desk, departmentId);
    if (personId === null && row.fromAddress === null) refuse({ code: "inbound_mail.author_needed" });
    const userId = personId ?? row.person?.id ?? null;
    if (userId !== null) await expectSpeaker(unit, userId, { isNamed: personId !== null });
    if (ticketId !== null) {
      const place = await findAttachmentPlace.first(unit, { ticketId });
      const ticket = expectVisible(actor, place?.ticket);
      if (userId === null) refuse({ code: "inbound_mail.author_needed" });
      if (!isOnCustomersSide(userId, ticket)) refuse({ code: "customer.not_found" });
    }
    const decided = JSON.stringify({ ticketId, userId, departmentId });
    await releaseMail(unit, { id, release: decided, byId: actor.userId, at: now });
    return toMail((await findInboundMail.first(unit, { id }))!);
  });

/** Somebody who is still here, and where they are named a customer: nobody is made to speak for those who work here. */
async function expectSpeaker(unit: Unit, userId: string, { isNamed }: { isNamed: boolean }): Promise<void> {
  const person = await findSpeaker.first(unit, { userId });
  if (!person?.isActive || person.isService || (isNamed && person.permissions.includes("ticket.note")))
    refuse({ code: "customer.not_found" });
}
