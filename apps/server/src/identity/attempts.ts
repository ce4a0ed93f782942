import { isIP } from "node:net";
import { type AttemptsRow, type Reader, type Unit, countAttempts, findAttempts } from "@helpdesk/db";
import {
  type AttemptLimit,
  type Attempts,
  type Instant,
  refuse,
  retryAfterSeconds,
  windowsOverAt,
} from "@helpdesk/domain";
import { sha256 } from "./tokens.ts";

/** What attempts are counted for, hashed: neither addresses nor e-mails stand in the table. */
export const accountSubject = (email: string): string => sha256(`account ${email}`);
export const addressSubject = (ipAddress: string): string => sha256(`address ${networkOf(ipAddress)}`);
export const mailSubject = (email: string): string => sha256(`mail ${email}`);
export const mailAddressSubject = (ipAddress: string): string => sha256(`mail from ${networkOf(ipAddress)}`);

export const keySubject = (ipAddress: string): string => sha256(`key from ${networkOf(ipAddress)}`);

export const ratingSubject = (ipAddress: string): string => sha256(`rating from ${networkOf(ipAddress)}`);

export const feedbackSubject = (ipAddress: string): string => sha256(`feedback from ${networkOf(ipAddress)}`);

/** The address of an IPv4 host; of an IPv6 host its /64, all of which is one subscriber's. */
export function networkOf(ipAddress: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ipAddress)?.[1];
  if (mapped) return mapped;
  if (isIP(ipAddress) !== 6) return ipAddress;
  const [head = "", tail] = ipAddress.toLowerCase().split("%")[0]!.split("::");
  const groups = (part: string) => part.split(":").filter((group) => group !== "");
  const [front, back] = [groups(head), groups(tail ?? "")];
  const filled =
    tail === undefined ? front : [...front, ...Array(8 - front.length - back.length).fill("0"), ...back];
  return filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** @throws RefusalError `auth.throttled` where the limit is reached already. */
export async function expectAttemptsLeft(
  via: Reader,
  subjects: string[],
  limit: AttemptLimit,
  now: Instant,
): Promise<void> {
  expectFewer(await findAttempts(via, { subjects: JSON.stringify(subjects) }), limit, limit.attempts, now);
}

export const countOneMore = (
  unit: Unit,
  subjects: string[],
  limit: AttemptLimit,
  now: Instant,
): Promise<AttemptsRow[]> =>
  countAttempts(unit, {
    subjects: JSON.stringify(subjects),
    at: now,
    windowsOverAt: windowsOverAt(now, limit),
  });

/** @throws RefusalError `auth.throttled` where the one just counted was one too many. */
export const expectWithinLimit = (known: Attempts[], limit: AttemptLimit, now: Instant): void =>
  expectFewer(known, limit, limit.attempts + 1, now);

export function expectFewer(known: Attempts[], limit: AttemptLimit, count: number, now: Instant): void {
  const seconds = retryAfterSeconds(known, limit, count, now);
  if (seconds !== null) refuse({ code: "auth.throttled", retryAfterSeconds: seconds });
}
