import { type Instant, plusSeconds } from "../instant.ts";
import type { RetentionKind } from "../values.ts";

const DAY_SECONDS = 86_400;

/** Days that may be set. */
export const retentionDays = { least: 1, most: 36_500 } as const;

/** What goes once a rule says so, and counted from when. */
export const retentionMeanings: Readonly<Record<RetentionKind, string>> = {
  tickets:
    "Texts, files and mails of tickets, counted from their closing. The tickets stay, with their history, clocks and scores, so that reports keep their totals.",
  files: "Files of tickets, counted from their closing.",
  mails: "Mails that came in and wait for nobody, counted from their coming: what was made of them stays.",
  notifications:
    "Notifications, read or not, counted from when they were made; after 180 days they go without a rule.",
};

/** Whether tickets with a tag can be kept from it. */
export const mayExceptTag = (kind: RetentionKind): boolean => kind === "tickets" || kind === "files";

/** What ended before then goes. */
export const retainedSince = (now: Instant, keepDays: number): Instant =>
  plusSeconds(now, -keepDays * DAY_SECONDS);

/** When a rule that has done its work looks again. */
export const nextRetention = (now: Instant): Instant => plusSeconds(now, DAY_SECONDS);
