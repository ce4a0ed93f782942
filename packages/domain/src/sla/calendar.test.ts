import { describe, expect, test } from "vitest";
import { type BusinessCalendar, calendarFaults, calendarSchema } from "./calendar.ts";

const calendar = (change: Partial<BusinessCalendar>): BusinessCalendar => ({
  timeZone: "Europe/Berlin",
  hours: { mon: [["09:00", "17:00"]] },
  holidays: [],
  ...change,
});
const codes = (change: Partial<BusinessCalendar>) => calendarFaults(calendar(change)).map(({ code }) => code);

describe("a calendar is accepted", () => {
  test.for<[string, Partial<BusinessCalendar>]>([
    ["with hours in the week", {}],
    [
      "with touching intervals",
      {
        hours: {
          mon: [
            ["09:00", "12:00"],
            ["12:00", "24:00"],
          ],
          tue: [["00:00", "01:00"]],
        },
      },
    ],
    [
      "with nights from day to day",
      {
        hours: {
          sun: [["22:00", "06:00"]],
          mon: [
            ["06:00", "22:00"],
            ["22:00", "06:00"],
          ],
        },
      },
    ],
    ["with dated hours only", { hours: {}, holidays: [{ date: "2026-12-24", hours: [["10:00", "14:00"]] }] }],
    ["in UTC", { timeZone: "UTC" }],
  ])("%s", ([, change]) => {
    expect(calendarFaults(calendar(change))).toEqual([]);
    expect(calendarSchema.parse(calendar(change))).toEqual(calendar(change));
  });
});

describe("a calendar is refused", () => {
  test.for(["Europe/Atlantis", "+02:00", "2026-01-01T00:00[Europe/Berlin]", ""])("in zone %j", (timeZone) => {
    expect(codes({ timeZone })).toEqual(["calendar.zone_unknown"]);
  });

  test("with intervals that overlap", () => {
    expect(
      calendarFaults(
        calendar({
          hours: {
            mon: [
              ["12:00", "17:00"],
              ["09:00", "12:01"],
            ],
          },
        }),
      ),
    ).toEqual([{ code: "calendar.hours_overlap", day: "mon", interval: ["12:00", "17:00"] }]);
  });

  test("with a night that reaches into the next day's hours, from Sunday to Monday too", () => {
    expect(codes({ hours: { mon: [["22:00", "09:01"]], tue: [["09:00", "17:00"]] } })).toEqual([
      "calendar.hours_overlap",
    ]);
    expect(codes({ hours: { sun: [["22:00", "09:01"]], mon: [["09:00", "17:00"]] } })).toEqual([
      "calendar.hours_overlap",
    ]);
  });

  test("with overlapping hours on a date", () => {
    expect(
      codes({
        holidays: [
          {
            date: "2026-12-24",
            hours: [
              ["10:00", "14:00"],
              ["13:00", "15:00"],
            ],
          },
        ],
      }),
    ).toEqual(["calendar.hours_overlap"]);
  });

  test("with an interval of no length", () => {
    expect(codes({ hours: { mon: [["09:00", "09:00"]] } })).toEqual(["calendar.interval_empty"]);
  });

  test("with a date given twice", () => {
    expect(codes({ holidays: ["2026-01-01", { date: "2026-01-01", hours: [] }] })).toEqual([
      "calendar.date_repeated",
    ]);
  });

  test("without any business time", () => {
    expect(codes({ hours: { mon: [] }, holidays: ["2026-01-01"] })).toEqual(["calendar.no_business_time"]);
  });

  test.for<[string, unknown]>([
    ["an hour 25", { ...calendar({}), hours: { mon: [["09:00", "25:00"]] } }],
    ["a beginning at 24:00", { ...calendar({}), hours: { mon: [["24:00", "02:00"]] } }],
    ["a day that is none", { ...calendar({}), hours: { noday: [] } }],
    ["a date that is none", calendar({ holidays: ["2026-02-30"] })],
    ["an unknown key", { ...calendar({}), zone: "UTC" }],
  ])("with %s", ([, input]) => expect(calendarSchema.safeParse(input).success).toBe(false));

  test("with the place and the reason in the schema's issues", () => {
    const { error } = calendarSchema.safeParse(
      calendar({
        hours: {
          mon: [
            ["09:00", "12:00"],
            ["11:00", "13:00"],
          ],
        },
      }),
    );
    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ["hours", "mon"],
        message: "11:00–13:00 on mon overlaps the interval before it",
        params: { code: "calendar.hours_overlap", day: "mon", interval: ["11:00", "13:00"] },
      }),
    ]);
  });
});
