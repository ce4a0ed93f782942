import type { UserActor } from "../identity/actor.ts";
import { may } from "../identity/actor.ts";
import { type Instant, plusSeconds } from "../instant.ts";
import { type Belonging, canSee, isOnCustomersSide, seesNotes } from "../ticket/access.ts";
import type { NotificationChannel, NotificationKind, Visibility } from "../values.ts";
import { type DigestSettings, nextDigestAt } from "./digest.ts";
import { type Side, canWait, toldByDefault } from "./kinds.ts";

/** What a person has said of a kind on a channel. */
export interface Preference {
  kind: NotificationKind;
  channel: NotificationChannel;
  isEnabled: boolean;
}

/** Whom a mail would go to, as they are now. */
export interface Recipient extends DigestSettings {
  actor: UserActor;
  /** Neither deactivated nor a service: somebody reads their mail. */
  isReachable: boolean;
  preferences: readonly Preference[];
}

/** What a mail would tell, as it is now. */
export interface Tidings {
  kind: NotificationKind;
  createdAt: Instant;
  readAt: Instant | null;
  /** Null where it is of no ticket. */
  ticket: Belonging | null;
  /** Of the comment it tells of; null for none. */
  visibility: Visibility | null;
}

/** What becomes of a mail that is due. */
export type MailPlan =
  | { do: "send"; isInDigest: boolean }
  | { do: "wait"; until: Instant }
  | { do: "skip" }
  | { do: "fail"; problem: string };

/** Older than this it is no news any more. */
const STALE_SECONDS = 7 * 86_400;

/** Where a person stands: whoever works here is a customer of their own tickets all the same. */
export const sideOf = (actor: UserActor, ticket: Belonging | null): Side =>
  may(actor, "ticket.note") && !(ticket && isOnCustomersSide(actor.userId, ticket)) ? "staff" : "customer";

/** Whether somebody is told of a kind on a channel: as they said, or else as the kind does by itself. */
export const isTold = (
  preferences: readonly Preference[],
  kind: NotificationKind,
  channel: NotificationChannel,
  side: Side,
): boolean =>
  preferences.find((each) => each.kind === kind && each.channel === channel)?.isEnabled ??
  toldByDefault(kind, channel, side);

/**
 * What becomes of a mail at its instant. Nothing goes to who has read it in the product, does not want it, or may not
 * see any more what it tells of; notes go to nobody on the customer's side.
 */
export function planMail(tidings: Tidings, to: Recipient, now: Instant): MailPlan {
  const { kind, createdAt, ticket, visibility } = tidings;
  const side = sideOf(to.actor, ticket);
  const isSeen =
    (ticket === null || canSee(to.actor, ticket)) &&
    (visibility !== "internal" || (ticket !== null && seesNotes(to.actor, ticket)));
  if (!to.isReachable || tidings.readAt !== null || !isSeen) return { do: "skip" };
  if (!isTold(to.preferences, kind, "email", side)) return { do: "skip" };
  if (plusSeconds(createdAt, STALE_SECONDS) <= now)
    return { do: "fail", problem: "It waited for longer than a week." };
  const digestAt = canWait(kind, side) ? nextDigestAt(to, createdAt) : null;
  if (digestAt !== null && digestAt > now) return { do: "wait", until: digestAt };
  return { do: "send", isInDigest: digestAt !== null };
}

const FIRST_RETRY_SECONDS = 15;
const LAST_RETRY_SECONDS = 3_600;
/** About a day: minutes at first, then every hour. */
const MAX_ATTEMPTS = 32;

/** When a mail that failed so many times is tried again; null where it is given up. */
export const nextMailAttemptAt = (attempts: number, now: Instant): Instant | null =>
  attempts >= MAX_ATTEMPTS
    ? null
    : plusSeconds(now, Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LAST_RETRY_SECONDS));
