import { describe, expect, test } from "vitest";
import { plusSeconds, toEpochMs } from "../instant.ts";
import { readRetryAfter, retryAt, stopAfter, webhookLimits } from "./retry.ts";

const start = "2026-03-02T08:00:00.000Z";
const giveUpAt = plusSeconds(start, webhookLimits.tryForSeconds);
const failed = { failures: 1, now: start, giveUpAt, retryAfterSeconds: null, jitter: 0.5 };

/** The attempts of a delivery that never arrives, each over as soon as it is made. */
function attempts(jitter: number): string[] {
  const all = [start];
  for (let now: string | null = start; now !== null;) {
    now = retryAt({ ...failed, failures: all.length, now, jitter });
    if (now !== null) all.push(now);
  }
  return all;
}

describe("a delivery that never arrives", () => {
  test("is tried soon, then ever later, then every hour, the last time after three days", () => {
    const all = attempts(0.5);
    const gaps = all.slice(1).map((at, i) => (toEpochMs(at) - toEpochMs(all[i]!)) / 1_000);
    expect(gaps.slice(0, 7)).toEqual([5, 30, 120, 600, 1_800, 3_600, 3_600]);
    expect(all.at(-1)).toBe(giveUpAt);
    expect(all.length).toBeLessThan(90);
  });

  test.each([0, 1])("never comes back at once, nor after three days, whatever chance says: %s", (jitter) => {
    const all = attempts(jitter);
    expect(all.at(-1)).toBe(giveUpAt);
    for (const [i, at] of all.slice(1).entries())
      expect(toEpochMs(at) - toEpochMs(all[i]!)).toBeGreaterThan(i === all.length - 2 ? 0 : 3_999);
  });

  test("comes back at different times by chance", () => {
    expect(retryAt({ ...failed, jitter: 0 })).toBe("2026-03-02T08:00:04.000Z");
    expect(retryAt({ ...failed, jitter: 1 })).toBe("2026-03-02T08:00:06.000Z");
  });

  test("waits as long as the receiver asks for, a day at most, never less than it would have", () => {
    const asked = (retryAfterSeconds: number) => retryAt({ ...failed, retryAfterSeconds });
    expect(asked(90)).toBe(plusSeconds(start, 90));
    expect(asked(1)).toBe(plusSeconds(start, 5));
    expect(asked(999_999_999)).toBe(plusSeconds(start, 86_400));
  });

  test("is given up once its time is over", () => {
    expect(retryAt({ ...failed, now: giveUpAt })).toBeNull();
    expect(retryAt({ ...failed, now: plusSeconds(giveUpAt, -1) })).toBe(giveUpAt);
  });
});

test("Retry-After is read as seconds and as a date, and what is neither is not there", () => {
  expect(readRetryAfter("120", start)).toBe(120);
  expect(readRetryAfter("Mon, 02 Mar 2026 08:01:30 GMT", start)).toBe(90);
  expect(readRetryAfter("Mon, 02 Mar 2026 07:00:00 GMT", start)).toBe(0);
  expect(readRetryAfter("soon", start)).toBeNull();
  expect(readRetryAfter(undefined, start)).toBeNull();
});

test("a webhook is switched off by 410, or after three days of failures, and by no other failure", () => {
  expect(stopAfter(410, start, start)).toBe("gone");
  expect(stopAfter(500, start, start)).toBeNull();
  expect(stopAfter(404, start, plusSeconds(giveUpAt, -1))).toBeNull();
  expect(stopAfter(null, start, giveUpAt)).toBe("failing");
});
