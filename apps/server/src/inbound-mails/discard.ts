import { discardMail, findInboundMail, lockInboundMail } from "@helpdesk/db";
import { expectUndecided, expectVersion, expectVisibleMail } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type MailView, toMail } from "./view.ts";

/** Decides that nothing becomes of a mail that waits; it is kept, and can still be released. @throws RefusalError `inbound_mail.not_found`, `inbound_mail.settled`, `version.conflict`. */
export const discard = (
  { actor, now, transact }: Context,
  { inboundMailId: id, version }: { inboundMailId: string; version: number },
): Promise<MailView> =>
  transact(async (unit) => {
    const row = expectVisibleMail(actor, await lockInboundMail.first(unit, { id }));
    expectVersion({ version: row.version, updatedAt: row.receivedAt }, version);
    expectUndecided(row);
    await discardMail(unit, { id, byId: actor.userId, at: now });
    return toMail((await findInboundMail.first(unit, { id }))!);
  });
