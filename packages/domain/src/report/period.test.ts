import { describe, expect, test } from "vitest";
import { RefusalError } from "../refusal.ts";
import { type Interval, bucketsOf, periodLimits, reportPeriodOf } from "./period.ts";

const bounds = (from: string, until: string) => ({ from: `${from}:00.000Z`, until: `${until}:00.000Z` });
const hoursOf = (from: string, until: string, interval: Interval, zone: string) =>
  bucketsOf(bounds(from, until), interval, zone).map(
    (bucket) => [bucket.label, (Date.parse(bucket.until) - Date.parse(bucket.from)) / 3_600_000] as const,
  );
const refusalOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
  }
  return null;
};

describe("the parts of a period", () => {
  test("are as long as days are where the clock is put forward and back", () => {
    expect(hoursOf("2026-03-07T05:00", "2026-03-10T04:00", "day", "America/New_York")).toEqual([
      ["2026-03-07", 24],
      ["2026-03-08", 23],
      ["2026-03-09", 24],
    ]);
    expect(hoursOf("2026-10-23T22:00", "2026-10-26T23:00", "day", "Europe/Berlin")).toEqual([
      ["2026-10-24", 24],
      ["2026-10-25", 25],
      ["2026-10-26", 24],
    ]);
  });

  test("have the hour that comes twice twice, by its offset", () => {
    const hours = hoursOf("2026-10-24T23:30", "2026-10-25T02:30", "hour", "Europe/Berlin");
    expect(hours).toEqual([
      ["2026-10-25T01:30+02:00", 0.5],
      ["2026-10-25T02:00+02:00", 1],
      ["2026-10-25T02:00+01:00", 1],
      ["2026-10-25T03:00+01:00", 0.5],
    ]);
  });

  test("begin where a zone's hours begin, half an hour off", () => {
    const [, second] = bucketsOf(bounds("2026-01-05T10:00", "2026-01-05T12:00"), "hour", "Asia/Kolkata");
    expect(second).toMatchObject({ from: "2026-01-05T10:30:00.000Z", label: "2026-01-05T16:00+05:30" });
  });

  test("begin on the hour again after a clock was moved by half of one", () => {
    const labels = (from: string, until: string) =>
      hoursOf(from, until, "hour", "Australia/Lord_Howe").map(([label, hours]) => [label.slice(11), hours]);
    expect(labels("2026-04-04T13:00", "2026-04-04T17:30")).toEqual([
      ["00:00+11:00", 1],
      ["01:00+11:00", 1],
      ["01:30+10:30", 0.5],
      ["02:00+10:30", 1],
      ["03:00+10:30", 1],
    ]);
    expect(labels("2026-10-03T14:30", "2026-10-03T17:00")).toEqual([
      ["01:00+10:30", 1],
      ["02:30+11:00", 0.5],
      ["03:00+11:00", 1],
    ]);
  });

  test("end where the period ends, also on the last day that there is", () => {
    const lastDay = { from: "9999-12-30T00:00:00.000Z", until: "9999-12-31T23:59:59.999Z" };
    for (const [interval, count] of [
      ["hour", 48],
      ["day", 2],
      ["week", 1],
      ["month", 1],
    ] as const) {
      expect(bucketsOf(lastDay, interval, "Etc/UTC")).toHaveLength(count);
    }
    const [only, ...others] = bucketsOf({ from: lastDay.until, until: lastDay.until }, "hour", "Etc/UTC");
    expect([only, others]).toEqual([undefined, []]);
  });

  test("leave out the day that Samoa left out", () => {
    expect(hoursOf("2011-12-29T10:00", "2012-01-01T10:00", "day", "Pacific/Apia")).toEqual([
      ["2011-12-29", 24],
      ["2011-12-31", 24],
      ["2012-01-01", 24],
    ]);
  });

  test("are weeks from Monday and calendar months, cut at both ends", () => {
    expect(
      bucketsOf(bounds("2026-01-07T12:00", "2026-01-20T12:00"), "week", "Europe/Berlin").map(
        ({ from, until }) => [from, until],
      ),
    ).toEqual([
      ["2026-01-07T12:00:00.000Z", "2026-01-11T23:00:00.000Z"],
      ["2026-01-11T23:00:00.000Z", "2026-01-18T23:00:00.000Z"],
      ["2026-01-18T23:00:00.000Z", "2026-01-20T12:00:00.000Z"],
    ]);
    expect(
      hoursOf("2026-01-31T00:00", "2026-04-01T00:00", "month", "Etc/UTC").map(([label]) => label),
    ).toEqual(["2026-01-31", "2026-02-01", "2026-03-01"]);
  });

  test("are none in an empty period, and follow each other without gaps in any other", () => {
    expect(bucketsOf(bounds("2026-01-01T00:00", "2026-01-01T00:00"), "day", "Etc/UTC")).toEqual([]);
    for (const zone of [
      "America/New_York",
      "Europe/Berlin",
      "Asia/Kolkata",
      "Pacific/Apia",
      "Australia/Lord_Howe",
    ]) {
      for (const interval of ["day", "week", "month"] as const) {
        const period = bounds("2025-03-01T07:00", "2026-12-01T03:00");
        const parts = bucketsOf(period, interval, zone);
        expect(parts[0]!.from).toBe(period.from);
        expect(parts.at(-1)!.until).toBe(period.until);
        expect(parts.filter((part) => part.from >= part.until)).toEqual([]);
        expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ until }) => until));
      }
    }
  });

  test("are at most so many", () => {
    const twoYears = bounds("2024-01-01T00:00", "2026-01-01T00:00");
    expect(bucketsOf(twoYears, "day", "Etc/UTC")).toHaveLength(731);
    expect(refusalOf(() => bucketsOf(twoYears, "hour", "Etc/UTC"))).toEqual({
      code: "report.period_invalid",
      problem: "too_many_buckets",
      limit: periodLimits.buckets,
    });
  });
});

describe("the period that is asked for", () => {
  test("is the last days with the whole of today, by the zone's midnight", () => {
    const now = "2026-03-09T03:59:00.000Z";
    expect(reportPeriodOf({ last: 2, unit: "day" }, "America/New_York", now)).toEqual(
      bounds("2026-03-07T05:00", "2026-03-09T04:00"),
    );
    expect(reportPeriodOf({ last: 1, unit: "month" }, "Europe/Berlin", now)).toEqual(
      bounds("2026-02-28T23:00", "2026-03-31T22:00"),
    );
    expect(reportPeriodOf({ last: 1, unit: "hour" }, "Asia/Kolkata", now)).toEqual(
      bounds("2026-03-09T03:30", "2026-03-09T04:30"),
    );
  });

  test("may be empty, and neither ends before it begins nor is longer than ten years", () => {
    const at = (from: string, until: string) => () =>
      reportPeriodOf(bounds(from, until), "Etc/UTC", "2026-01-01T00:00:00.000Z");
    expect(at("2026-01-01T00:00", "2026-01-01T00:00")()).toEqual(
      bounds("2026-01-01T00:00", "2026-01-01T00:00"),
    );
    expect(refusalOf(at("2026-01-01T00:01", "2026-01-01T00:00"))).toMatchObject({ problem: "backward" });
    expect(refusalOf(at("2015-01-01T00:00", "2026-01-01T00:00"))).toMatchObject({ problem: "too_long" });
    expect(at("2016-01-01T00:00", "2026-01-01T00:00")()).toEqual(
      bounds("2016-01-01T00:00", "2026-01-01T00:00"),
    );
  });
});
