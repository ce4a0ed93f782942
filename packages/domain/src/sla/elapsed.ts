import type { Instant } from "../instant.ts";
import { busySeconds, type CompiledCalendar, toEpochSecond } from "./business-time.ts";
import { type Pause, unionOfPauses } from "./pause.ts";

/**
 * Whole business seconds in [from, to) outside of pauses; 0 where `to` is not after `from`.
 * @throws CalendarError `calendar.horizon_exceeded` beyond a century.
 */
export function elapsedSeconds(
  calendar: CompiledCalendar,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[] = [],
): number {
  const start = toEpochSecond(from);
  const end = toEpochSecond(to);
  let seconds = busySeconds(calendar, start, end);
  for (const [pausedFrom, pausedTo] of unionOfPauses(pauses)) {
    seconds -= busySeconds(calendar, Math.max(start, pausedFrom), Math.min(end, pausedTo));
  }
  return seconds;
}
