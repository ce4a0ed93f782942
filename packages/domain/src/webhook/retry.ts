import { type Instant, plusSeconds, toEpochMs } from "../instant.ts";
import type { WebhookStop } from "../values.ts";

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export const webhookLimits = {
  /** Webhooks of an organization. */
  count: 50,
  /** For how long a delivery is tried, and for how long a webhook may fail without one success. */
  tryForSeconds: 3 * DAY_SECONDS,
  /** For how long both secrets sign, at most. */
  overlapSeconds: 7 * DAY_SECONDS,
  /** Deliveries that one call sends again. */
  redeliveries: 10_000,
  /** What a receiver may ask for by Retry-After. */
  retryAfterSeconds: DAY_SECONDS,
} as const;

/** After the first failure, the second … and then every hour. */
const delaysSeconds = [5, 30, 120, 600, 1_800, HOUR_SECONDS] as const;

export interface FailedAttempt {
  /** Failures in a row, this one too. */
  failures: number;
  now: Instant;
  giveUpAt: Instant;
  /** What the receiver asked for. */
  retryAfterSeconds: number | null;
  /** From 0 to 1, by chance: what failed together does not come back together. */
  jitter: number;
}

/** When to try again: a last time when the delivery is to be given up, and then never. */
export function retryAt(attempt: FailedAttempt): Instant | null {
  const { failures, now, giveUpAt, retryAfterSeconds, jitter } = attempt;
  if (now >= giveUpAt) return null;
  const usual = delaysSeconds[Math.min(failures, delaysSeconds.length) - 1]! * (0.8 + 0.4 * jitter);
  const asked = Math.min(retryAfterSeconds ?? 0, webhookLimits.retryAfterSeconds);
  const at = plusSeconds(now, Math.round(Math.max(usual, asked)));
  return at < giveUpAt ? at : giveUpAt;
}

const GONE = 410;

/** Why a webhook is switched off after a failure, or null where it goes on. */
export function stopAfter(
  responseStatus: number | null,
  failingSince: Instant,
  now: Instant,
): WebhookStop | null {
  if (responseStatus === GONE) return "gone";
  const failingMs = toEpochMs(now) - toEpochMs(failingSince);
  return failingMs >= webhookLimits.tryForSeconds * 1_000 ? "failing" : null;
}

/** The seconds that a Retry-After header asks for, from now: given as seconds, or as a date of HTTP. */
export function readRetryAfter(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - toEpochMs(now)) / 1_000));
}
