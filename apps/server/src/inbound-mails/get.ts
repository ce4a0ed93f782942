import { findInboundMail } from "@helpdesk/db";
import { expectVisibleMail } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type MailView, toMail } from "./view.ts";

/** A mail with all that it says. @throws RefusalError `inbound_mail.not_found`. */
export async function get(
  { actor, read }: Context,
  { inboundMailId }: { inboundMailId: string },
): Promise<MailView> {
  const row = await findInboundMail.first(read, { id: inboundMailId });
  return toMail(expectVisibleMail(actor, row));
}
