import type { Instant } from "../instant.ts";
import { type EpochSecond, toEpochSecond } from "./business-time.ts";

/** Time that does not count, half-open; `to` is null while it lasts. */
export interface Pause {
  from: Instant;
  to: Instant | null;
}

export interface EndedPause extends Pause {
  to: Instant;
}

/** Disjoint, in order; a lasting one ends at Infinity. */
export function unionOfPauses(pauses: readonly Pause[]): [from: EpochSecond, to: EpochSecond][] {
  const union: [EpochSecond, EpochSecond][] = [];
  const spans = pauses.map(
    ({ from, to }) => [toEpochSecond(from), to === null ? Infinity : toEpochSecond(to)] as const,
  );
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = union.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) union.push([from, to]);
  }
  return union;
}
