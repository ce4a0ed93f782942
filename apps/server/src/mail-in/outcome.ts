import { type ClaimedMail, type Unit, holdClaimedMail, settleMail, transact } from "@helpdesk/db";
import type { Filed } from "./file-away.ts";
import type { ReadMail } from "./message.ts";
import type { Taking } from "./take.ts";

/** What became of a mail. */
export type Outcome =
  | { state: "ignored" | "held"; reason: string }
  | { state: "opened" | "replied"; ticketId: string; commentId: string | null; isProven: boolean };

/** Writes what became of a claimed mail, unless somebody else has it by now. */
export const settle = (
  taking: Taking,
  claimed: ClaimedMail,
  mail: ReadMail | null,
  outcome: Outcome,
): Promise<void> =>
  transact(taking.sql, claimed.organizationId, async (unit) => {
    if (await holdClaimedMail.first(unit, claimed)) await write(taking, unit, claimed, mail, outcome);
  });

/** Writes what became of a mail that the unit holds. */
export async function write(
  { runtime }: Taking,
  unit: Unit,
  { id }: ClaimedMail,
  mail: ReadMail | null,
  outcome: Outcome,
  { userId = null, filed }: { userId?: string | null; filed?: Filed } = {},
): Promise<void> {
  const isDone = "ticketId" in outcome;
  const author = mail?.authors.length === 1 ? mail.authors[0] : undefined;
  await settleMail(unit, {
    id,
    state: outcome.state,
    reason: isDone ? null : outcome.reason,
    fromAddress: author?.address ?? null,
    fromName: author?.name ?? null,
    subject: mail?.subject ?? null,
    messageId: mail?.messageId ?? null,
    body: mail?.text ?? null,
    userId,
    isProven: isDone && outcome.isProven,
    ticketId: isDone ? outcome.ticketId : null,
    commentId: isDone ? outcome.commentId : null,
    refused: JSON.stringify({ files: filed?.refused ?? [] }),
    at: runtime.now(),
  });
}
