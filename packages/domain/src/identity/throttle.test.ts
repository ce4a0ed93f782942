import { expect, test } from "vitest";
import { retryAfterSeconds } from "./throttle.ts";

const limit = { attempts: 3, windowSeconds: 900 };
const known = (count: number, windowStartedAt: string) => [{ count, windowStartedAt }];
const now = "2026-01-12T08:10:00.500Z";

test("fewer attempts than counted need no waiting, as many wait for the end of their window", () => {
  expect(retryAfterSeconds(known(2, "2026-01-12T08:00:00.000Z"), limit, 3, now)).toBeNull();
  expect(retryAfterSeconds(known(3, "2026-01-12T08:00:00.000Z"), limit, 3, now)).toBe(300);
});

test("a window that is over counts no more", () => {
  expect(retryAfterSeconds(known(99, "2026-01-12T07:55:00.500Z"), limit, 3, now)).toBeNull();
  expect(retryAfterSeconds(known(99, "2026-01-12T07:55:00.501Z"), limit, 3, now)).toBe(1);
});

test("of several windows the longest wait is told", () => {
  const two = [...known(3, "2026-01-12T08:00:00.500Z"), ...known(3, "2026-01-12T08:05:00.500Z")];
  expect(retryAfterSeconds(two, limit, 3, now)).toBe(600);
});
