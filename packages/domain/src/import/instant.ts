import { type Instant, isInstant, toEpochMs, toInstant } from "../instant.ts";

const FORMAT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))? ?(?:Z|UTC|([+-])(0\d|1[0-4]):?([0-5]\d))$/;

/** What other systems write for a date that they do not have is before: the first of 1970, or of the year 1. */
const EARLIEST: Instant = "1971-01-01T00:00:00.000Z";

/** The instant that a text names by date, time and zone as ISO 8601 has them, with a blank for the T and finer or coarser than ours; null where it names none. */
export function instantOf(text: string): Instant | null {
  const [, date, minutes, seconds = ":00", fraction = "", sign, hours, offsetMinutes] =
    FORMAT.exec(text) ?? [];
  const local = `${date}T${minutes}${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
  if (!isInstant(local)) return null;
  const offsetMs = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(offsetMinutes)) * 60_000 : 0;
  const instant = toInstant(toEpochMs(local) - offsetMs);
  return isInstant(instant) && instant >= EARLIEST ? instant : null;
}
