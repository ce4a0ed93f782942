import type { HolidaysTypes } from "date-holidays";
import { type BusinessCalendar, type DayInterval, refuse, weekdays } from "@helpdesk/domain";

/** A country of the list or, within one, a region: `BY` or, in it, `BY-A`. */
export interface HolidayRegion {
  code: string;
  name: string;
}

export interface OfficialHoliday {
  /** Where it is, by its calendar there. */
  date: string;
  name: string;
  /** `14:00`, where it begins after midnight. */
  from: string | null;
}

const DAY_MS = 86_400_000;
/** A day with a clock change is shorter or longer by an hour or two. */
const TOLERANCE_MS = 2 * 3_600_000;

/** The list is big and asked for rarely: it is loaded when it is. */
const load = async () => (await import("date-holidays")).default;

export async function listCountries(): Promise<HolidayRegion[]> {
  const Holidays = await load();
  return named(new Holidays().getCountries("en"));
}

/** @throws RefusalError `holidays.country_unknown`. */
export async function listRegions(country: string): Promise<HolidayRegion[]> {
  const list = new (await load())();
  if (!(country in list.getCountries())) refuse({ code: "holidays.country_unknown", country, region: null });
  return named(list.getStates(country) ?? {}).flatMap((state) => [
    state,
    ...named(list.getRegions(country, state.code) ?? {}).map(({ code, name }) => ({
      code: `${state.code}-${code}`,
      name: `${state.name}: ${name}`,
    })),
  ]);
}

/** The public holidays of a country or region, by date, each date once. @throws RefusalError `holidays.country_unknown`. */
export async function officialHolidays(
  country: string,
  region: string | null,
  years: readonly number[],
): Promise<OfficialHoliday[]> {
  const regions = await listRegions(country);
  if (region !== null && !regions.some(({ code }) => code === region))
    refuse({ code: "holidays.country_unknown", country, region });
  const Holidays = await load();
  const [state, part] = region?.split("-") ?? [];
  const list = part ? new Holidays(country, state!, part) : new Holidays(country, state ?? "");
  const found = years
    .flatMap((year) => list.getHolidays(year))
    .filter(({ type }) => type === "public")
    .flatMap(datesOf);
  const byDate = new Map<string, OfficialHoliday>();
  for (const holiday of found) {
    const known = byDate.get(holiday.date);
    if (!known || (known.from !== null && holiday.from === null)) byDate.set(holiday.date, holiday);
  }
  return [...byDate.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function datesOf({ date, start, end, name }: HolidaysTypes.Holiday): OfficialHoliday[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const time = date.slice(11, 16);
  const days = Math.max(1, Math.floor((end.getTime() - start.getTime() + TOLERANCE_MS) / DAY_MS));
  return Array.from({ length: days }, (_, day) => ({
    date: first.add({ days: day }).toString(),
    name: name.slice(0, 200),
    from: day === 0 && time !== "00:00" ? time : null,
  }));
}

/** What is left of a day's hours before the holiday begins; null for nothing: closed all day. */
export function hoursBefore(
  { date, from }: OfficialHoliday,
  hours: BusinessCalendar["hours"],
): DayInterval[] | null {
  if (from === null) return null;
  const day = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1]!;
  const left = (hours[day] ?? [])
    .filter(([begin]) => begin < from)
    .map(([begin, end]): DayInterval => [begin, end <= begin || end > from ? from : end]);
  return left.length > 0 ? left : null;
}

const named = (names: Record<string, string>): HolidayRegion[] =>
  Object.entries(names)
    .map(([code, name]) => ({ code, name }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
