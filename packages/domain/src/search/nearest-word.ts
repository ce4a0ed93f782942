import { lettersOf } from "./words.ts";

/** A word that is there, and how often. */
export interface KnownWord {
  word: string;
  count: number;
}

/** How many letters of a word may be wrong. */
const tolerance = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2);

/** Whether one may have been written for the other by mistake. */
export const isNear = (word: string, other: string): boolean =>
  distanceOf(lettersOf(word), lettersOf(other)) <= tolerance(lettersOf(word).length);

/** The known word that was most likely meant, or null where none is near: the nearest, of those the most frequent. */
export function nearestWord(word: string, known: readonly KnownWord[]): string | null {
  const letters = lettersOf(word);
  const near = known
    .map((each) => ({ ...each, distance: distanceOf(letters, lettersOf(each.word)) }))
    .filter(({ distance }) => distance <= tolerance(letters.length))
    .toSorted((a, b) => a.distance - b.distance || b.count - a.count || (a.word < b.word ? -1 : 1));
  return near[0]?.word ?? null;
}

/** Letters put in, left out, replaced, or swapped with the next one, that make one word of the other. */
function distanceOf(a: readonly string[], b: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      if (isSwapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
