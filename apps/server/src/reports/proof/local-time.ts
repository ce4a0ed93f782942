import type { Interval } from "@helpdesk/domain";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Date, hour and offset of an instant in a zone, by the platform's own calendar and not by ours. */
function localOf(instant: string, zone: string): { date: string; hour: string } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      timeZoneName: "longOffset",
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const date = `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
  return { date, hour: `${date} ${parts["hour"]} ${parts["timeZoneName"]}` };
}

const DAY_MS = 86_400_000;

/** What all instants of one hour, day, week or month of a zone have in common, and no others. */
export function partKey(instant: string, interval: Interval, zone: string): string {
  const { date, hour } = localOf(instant, zone);
  if (interval === "hour") return hour;
  if (interval === "month") return date.slice(0, 7);
  if (interval === "day") return date;
  const day = Date.parse(date);
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(day - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
