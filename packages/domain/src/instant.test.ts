import { describe, expect, test } from "vitest";
import { isInstant, later, plusSeconds, toEpochMs, toInstant } from "./instant.ts";

const at = "2026-01-12T08:00:00.000Z";

describe("an instant", () => {
  test.each([at, "2024-02-29T23:59:59.999Z", "1970-01-01T00:00:00.000Z"])("is %s", (text) => {
    expect(isInstant(text)).toBe(true);
  });

  test.each([
    "2026-01-12T08:00:00Z",
    "2026-01-12T08:00:00.000",
    "2026-01-12T08:00:00.000+00:00",
    "2026-01-12 08:00:00.000Z",
    " 2026-01-12T08:00:00.000Z",
    "2026-13-12T08:00:00.000Z",
    "2026-02-29T08:00:00.000Z",
    "2026-04-31T08:00:00.000Z",
    "2026-01-12T24:00:00.000Z",
    "yesterday",
    "",
  ])("is not %j", (text) => {
    expect(isInstant(text)).toBe(false);
  });

  test("is its epoch milliseconds, there and back", () => {
    expect(toEpochMs(at)).toBe(1_768_204_800_000);
    expect(toInstant(1_768_204_800_001)).toBe("2026-01-12T08:00:00.001Z");
    expect(toInstant(toEpochMs(at))).toBe(at);
  });

  test("the later of two is the same in either order", () => {
    const next = "2026-01-12T08:00:00.001Z";
    expect(later(at, next)).toBe(next);
    expect(later(next, at)).toBe(next);
    expect(later(at, at)).toBe(at);
  });

  test("seconds go on across midnight, months and summer time, and back", () => {
    expect(plusSeconds("2026-01-31T23:59:59.500Z", 1)).toBe("2026-02-01T00:00:00.500Z");
    expect(plusSeconds("2026-03-29T00:30:00.000Z", 3_600)).toBe("2026-03-29T01:30:00.000Z");
    expect(plusSeconds(at, -1)).toBe("2026-01-12T07:59:59.000Z");
  });
});
