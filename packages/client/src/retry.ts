import { unreachableIn } from "./failure.ts";
import { isRefusal } from "./refusal.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a proxy says when whom it stands for may answer in a moment. */
const PASSING_STATUSES: readonly (number | null)[] = [null, 408, 429, 502, 503, 504];

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

/**
 * Whether sending the same again may work. Where nothing came back it may have been done the first time, so only what
 * can be done twice is sent again: queries, and mutations with a key.
 */
export function mayWorkAgain(error: unknown, canBeDoneTwice: boolean): boolean {
  if (isRefusal(error)) return isRefusal(error, "rate.limited") || isRefusal(error, "service.unavailable");
  const unreachable = unreachableIn(error);
  return unreachable !== null && canBeDoneTwice && PASSING_STATUSES.includes(unreachable.httpStatus);
}

/** How long to wait before the next attempt: what was asked for, and a random part of twice as much as the time before. */
export function delayMs(failures: number, error: unknown, longestMs = LONGEST_DELAY_MS): number {
  const most = Math.min(longestMs, FIRST_DELAY_MS * 2 ** (failures - 1));
  return askedMs(error) + Math.random() * most;
}

function askedMs(error: unknown): number {
  if (isRefusal(error, "rate.limited")) return error.data.refusal.retryAfterSeconds * 1_000;
  const unreachable = unreachableIn(error);
  if (unreachable) return unreachable.retryAfterMs ?? 0;
  const { response } = (error as { meta?: { response?: Response } }).meta ?? {};
  return (response && retryAfterMs(response.headers.get("retry-after"))) ?? 0;
}
