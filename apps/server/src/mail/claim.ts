import {
  type DueMailRow,
  type Unit,
  findDueMails,
  findRecipient,
  holdMailbox,
  holdDueMails,
  writeMailPlans,
} from "@helpdesk/db";
import { type Instant, type Recipient, permissionSet, planMail, plusSeconds, sideOf } from "@helpdesk/domain";
import type { Addressee, News } from "./letter.ts";

/** What a worker is about to send to one person. */
export interface Claim {
  to: Addressee;
  /** Each a mail of its own. */
  letters: News[];
  /** All in one mail. */
  digest: News[];
}

/** Letters that are claimed at once: what is above it stays due. */
const MAX_LETTERS = 50;

/** For so long nobody else takes what a worker has claimed; where it was killed, it is due again after that. */
export const CLAIM_SECONDS = 300;

/**
 * Decides on a person's due mails, as things are now, and claims those that are to be sent: each is claimed by one
 * worker. Null where there is nothing to send.
 */
export async function claimMails(
  unit: Unit,
  { userId, now, createdBefore }: { userId: string; now: Instant; createdBefore: Instant },
): Promise<Claim | null> {
  const { isMine } = (await holdMailbox.first(unit, { userId }))!;
  if (!isMine) return null;
  const held = await holdDueMails(unit, { userId, now, createdBefore });
  if (held.length === 0) return null;
  const row = await findRecipient.first(unit, { userId });
  if (!row) return null;
  const mails = await findDueMails(unit, { ids: `{${held.map(({ id }) => id).join(",")}}` });
  const to = { ...row, organizationId: unit.organizationId };
  const recipient = recipientOf(to);
  const claim: Claim = { to, letters: [], digest: [] };
  const plans = mails.flatMap((mail) => {
    const visibility = mail.comment?.visibility ?? null;
    const plan = planMail({ ...mail, visibility }, recipient, now);
    const written = { id: mail.id, state: "due", dueAt: null as Instant | null, isAttempt: false };
    switch (plan.do) {
      case "wait":
        return { ...written, dueAt: plan.until };
      case "skip":
        return { ...written, state: "skipped" };
      case "fail":
        return { ...written, state: "failed", problem: plan.problem };
      case "send":
        if (!plan.isInDigest && claim.letters.length === MAX_LETTERS) return [];
        (plan.isInDigest ? claim.digest : claim.letters).push(newsOf(mail, recipient));
        return { ...written, dueAt: plusSeconds(now, CLAIM_SECONDS), isAttempt: true };
    }
  });
  await writeMailPlans(unit, { plans: JSON.stringify(plans) });
  return claim.letters.length + claim.digest.length > 0 ? claim : null;
}

const newsOf = (mail: DueMailRow, { actor }: Recipient): News => ({
  ...mail,
  attempts: mail.attempts + 1,
  side: sideOf(actor, mail.ticket),
});

const recipientOf = (row: Addressee): Recipient => ({
  actor: {
    kind: "user",
    userId: row.id,
    organizationId: row.organizationId,
    roleKey: row.roleKey,
    permissions: permissionSet(row.permissions),
    departmentIds: new Set(row.departmentIds),
    authSessionId: null,
    via: null,
  },
  isReachable: row.isReachable,
  preferences: row.preferences,
  digest: row.digest ?? "off",
  digestHour: row.digestHour,
  timeZone: row.timeZone,
});
