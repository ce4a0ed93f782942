const MINUTE = 60;

/** At `at` a period had used so many seconds; where it was more than before, up to there without a stop. */
export interface Mark {
  at: number;
  used: number;
}

export const isIn = (hours: Uint8Array, at: number) => hours[Math.floor(at / MINUTE)] === 1;

/** Hours begin and end with a minute: one that is before `end` as a whole is gone through at once, any other by seconds. */
export const stepFrom = (at: number, end: number): number =>
  at % MINUTE === 0 && at + MINUTE <= end ? MINUTE : 1;

export const usedBy = (marks: readonly Mark[]): number => marks.at(-1)!.used;

/** The second at which so many were used up. */
export function usedUpAt(marks: readonly Mark[], seconds: number): number | undefined {
  const mark = marks.find(({ used }) => used >= seconds);
  return mark && mark.at - (mark.used - seconds);
}

/** When a clock that runs from `now` on is due. */
export function dueFrom(
  now: number,
  { hours, targetSeconds, usedSeconds }: { hours: Uint8Array; targetSeconds: number; usedSeconds: number },
): number {
  let at = now;
  for (let left = targetSeconds - usedSeconds; left > 0;) {
    if (at >= hours.length * MINUTE) throw new Error("The reference does not look that far ahead.");
    const step = stepFrom(at, at + left);
    if (isIn(hours, at)) left -= step;
    at += step;
  }
  return at;
}
