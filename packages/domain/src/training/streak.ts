export interface Streak {
  /** Days in a row up to today, or up to yesterday while today has none yet. */
  current: number;
  longest: number;
}

const DAY_MS = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;

/** The streak of local dates (`2026-01-12`) with a passed session; the order and how often one is named do not matter. */
export function streakOf(dates: Iterable<string>, today: string): Streak {
  const days = [...new Set(dates)].map(dayNumber).sort((a, b) => a - b);
  const last = dayNumber(today);
  let longest = 0;
  let current = 0;
  let run = 0;
  for (const [index, day] of days.entries()) {
    if (day > last) break;
    run = index > 0 && day === days[index - 1]! + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
    if (day >= last - 1) current = run;
  }
  return { current, longest };
}
