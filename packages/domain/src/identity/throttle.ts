import { type Instant, plusSeconds, toEpochMs } from "../instant.ts";

/** So many within a window that starts with the first of them. */
export interface AttemptLimit {
  attempts: number;
  windowSeconds: number;
}

/** Failed sign-ins of one account, and of one address. */
export const signInLimit: AttemptLimit = { attempts: 10, windowSeconds: 900 };

/** Mails that one person can be sent on demand, and one address can demand. */
export const mailLimit: AttemptLimit = { attempts: 5, windowSeconds: 900 };

/** Links to rate a ticket by that one address can try in vain. */
export const ratingLimit: AttemptLimit = { attempts: 20, windowSeconds: 900 };

/** Words on articles that one address can give without signing in. */
export const feedbackLimit: AttemptLimit = { attempts: 10, windowSeconds: 900 };

export interface Attempts {
  count: number;
  windowStartedAt: Instant;
}

/** A window that started at or before this instant is over. */
export const windowsOverAt = (now: Instant, { windowSeconds }: AttemptLimit): Instant =>
  plusSeconds(now, -windowSeconds);

/** Seconds until `count` or more attempts are forgotten, or null where there are fewer. */
export function retryAfterSeconds(
  known: readonly Attempts[],
  limit: AttemptLimit,
  count: number,
  now: Instant,
): number | null {
  const waits = known
    .filter((attempts) => attempts.count >= count && attempts.windowStartedAt > windowsOverAt(now, limit))
    .map(({ windowStartedAt }) => toEpochMs(windowStartedAt) + limit.windowSeconds * 1000 - toEpochMs(now));
  return waits.length === 0 ? null : Math.max(1, Math.ceil(Math.max(...waits) / 1000));
}
