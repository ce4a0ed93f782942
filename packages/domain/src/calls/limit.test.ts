import { expect, test } from "vitest";
import { type CallLimit, spendCall } from "./limit.ts";

const limit: CallLimit = { perMinute: 70, burst: 10 };
const start = 1_800_000_000_000;

/** How many of so many calls at one instant pass, and what is kept then. */
function passing(fullAtMs: number, nowMs: number, calls: number, of = limit) {
  let passed = 0;
  let kept = fullAtMs;
  for (let call = 0; call < calls; call++) {
    const spent = spendCall(of, kept, nowMs);
    kept = spent.fullAtMs;
    if (spent.retryAfterSeconds === null) passed++;
  }
  return { passed, kept };
}

test("who never called has the whole burst, and not one more", () => {
  for (const perMinute of [1, 7, 60, 70, 333, 3_600, 100_000])
    for (const burst of [1, 3, 10, 600])
      expect(passing(0, start, burst + 5, { perMinute, burst }).passed).toBe(burst);
});

test("what remains is said with each call, down to none", () => {
  let kept = 0;
  const told = Array.from({ length: 11 }, () => {
    const spent = spendCall(limit, kept, start);
    kept = spent.fullAtMs;
    return spent.remaining;
  });
  expect(told).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
});

test("over an hour of calls without a pause, so many a minute pass beside the burst", () => {
  let kept = 0;
  let passed = 0;
  for (let ms = 0; ms < 3_600_000; ms += 100) {
    const one = passing(kept, start + ms, 1);
    kept = one.kept;
    passed += one.passed;
  }
  expect(passed).toBeGreaterThanOrEqual(60 * limit.perMinute + limit.burst - 1);
  expect(passed).toBeLessThanOrEqual(60 * limit.perMinute + limit.burst);
});

test("who waits as long as was said passes; who comes a second earlier does not", () => {
  const slow: CallLimit = { perMinute: 10, burst: 2 };
  const { kept } = passing(0, start, 2, slow);
  const refused = spendCall(slow, kept, start);
  expect(refused.retryAfterSeconds).toBe(6);
  expect(spendCall(slow, refused.fullAtMs, start + 5_000).retryAfterSeconds).toBe(1);
  expect(spendCall(slow, refused.fullAtMs, start + 6_000).retryAfterSeconds).toBeNull();
});

test("a refused call costs nothing", () => {
  const { kept } = passing(0, start, limit.burst);
  expect(passing(kept, start, 1_000)).toEqual({ passed: 0, kept });
});
