import type { Instant } from "../instant.ts";
import {
  busySeconds,
  type CompiledCalendar,
  fromEpochSecond,
  landingSecond,
  toEpochSecond,
} from "./business-time.ts";
import { type EndedPause, type Pause, unionOfPauses } from "./pause.ts";

/**
 * The earliest instant at which `targetSeconds` of business time have elapsed since `start`: it may be closing time,
 * never the next opening for it. Null where a lasting pause comes first.
 * @throws CalendarError `calendar.no_business_time`, `calendar.horizon_exceeded` beyond a century.
 */
export function dueAt(
  calendar: CompiledCalendar,
  start: Instant,
  targetSeconds: number,
  pauses?: readonly EndedPause[],
): Instant;
export function dueAt(
  calendar: CompiledCalendar,
  start: Instant,
  targetSeconds: number,
  pauses: readonly Pause[],
): Instant | null;
export function dueAt(
  calendar: CompiledCalendar,
  start: Instant,
  targetSeconds: number,
  pauses: readonly Pause[] = [],
): Instant | null {
  let from = toEpochSecond(start);
  let left = targetSeconds;
  if (left <= 0) return fromEpochSecond(from);
  for (const [pausedFrom, pausedTo] of unionOfPauses(pauses)) {
    const counted = busySeconds(calendar, from, pausedFrom);
    if (left <= counted) break;
    left -= counted;
    from = Math.max(from, pausedTo);
  }
  return from === Infinity ? null : fromEpochSecond(landingSecond(calendar, from, left));
}
