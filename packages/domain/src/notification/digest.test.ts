import { expect, test } from "vitest";
import { nextDigestAt } from "./digest.ts";

const next = (timeZone: string, digestHour: number, at: string) =>
  nextDigestAt({ digest: "daily", digestHour, timeZone }, at);

test("there is none for who has none", () => {
  expect(
    nextDigestAt({ digest: "off", digestHour: 8, timeZone: "UTC" }, "2026-01-12T08:00:00.000Z"),
  ).toBeNull();
});

test("hourly is the next full hour where the person is, and at a full hour the one after it", () => {
  const hourly = (timeZone: string, at: string) =>
    nextDigestAt({ digest: "hourly", digestHour: 8, timeZone }, at);
  expect(hourly("UTC", "2026-01-12T08:59:59.999Z")).toBe("2026-01-12T09:00:00.000Z");
  expect(hourly("UTC", "2026-01-12T09:00:00.000Z")).toBe("2026-01-12T10:00:00.000Z");
  expect(hourly("Asia/Kathmandu", "2026-01-12T09:00:00.000Z")).toBe("2026-01-12T09:15:00.000Z");
  // Where half an hour comes twice.
  expect(hourly("Australia/Lord_Howe", "2026-04-04T15:15:00.000Z")).toBe("2026-04-04T15:30:00.000Z");
});

test("daily is at the hour of the person's day, later today or tomorrow", () => {
  expect(next("Europe/Berlin", 8, "2026-01-12T06:59:59.999Z")).toBe("2026-01-12T07:00:00.000Z");
  expect(next("Europe/Berlin", 8, "2026-01-12T07:00:00.000Z")).toBe("2026-01-13T07:00:00.000Z");
  expect(next("Pacific/Auckland", 8, "2026-01-12T23:00:00.000Z")).toBe("2026-01-13T19:00:00.000Z");
  expect(next("UTC", 0, "2026-12-31T12:00:00.000Z")).toBe("2027-01-01T00:00:00.000Z");
});

test("an hour that the clock leaps over comes as soon as it has leapt, one that comes twice the first time alone", () => {
  expect(next("Europe/Berlin", 2, "2026-03-29T00:00:00.000Z")).toBe("2026-03-29T01:00:00.000Z");
  expect(next("Europe/Berlin", 2, "2026-03-29T01:00:00.000Z")).toBe("2026-03-30T00:00:00.000Z");
  expect(next("Europe/Berlin", 2, "2026-10-24T22:00:00.000Z")).toBe("2026-10-25T00:00:00.000Z");
  expect(next("Europe/Berlin", 2, "2026-10-25T00:30:00.000Z")).toBe("2026-10-26T01:00:00.000Z");
});

test("it is always later, and within a day and an hour", () => {
  for (const timeZone of [
    "UTC",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
  ])
    for (let hour = 0; hour < 24; hour++)
      for (let day = 0; day < 366; day += 5) {
        const at = new Date(Date.UTC(2026, 0, 1 + day, (day * 7) % 24, 13)).toISOString();
        const digestAt = next(timeZone, hour, at)!;
        expect(digestAt > at).toBe(true);
        expect(Date.parse(digestAt) - Date.parse(at)).toBeLessThanOrEqual(25 * 3_600_000);
      }
});
