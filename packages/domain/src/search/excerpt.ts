import type { SearchTerm } from "./query.ts";
import { type Word, wordsOf } from "./words.ts";

/** Plain text, and where in it the terms stand: `[start, end)` in UTF-16 units, in order, never overlapping. */
export interface Marked {
  text: string;
  ranges: [start: number, end: number][];
}

const LENGTH = 240;
const LEAD = 40;

/** The whole text with the terms marked, or null where none stands in it. */
export function markedWhole(text: string, terms: readonly SearchTerm[]): Marked | null {
  const ranges = rangesOf(text, terms);
  return ranges.length > 0 ? { text, ranges } : null;
}

/** The part of a text where the most terms stand, or its beginning where none does. */
export function excerptOf(text: string, terms: readonly SearchTerm[]): Marked {
  const ranges = rangesOf(text, terms);
  if (text.length <= LENGTH) return { text, ranges };
  const from = wholeFrom(text, Math.max(0, densest(ranges) - LEAD));
  const to = wholeTo(text, Math.min(text.length, from + LENGTH));
  const [before, after] = [from > 0 ? "…" : "", to < text.length ? "…" : ""];
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to) + after,
    ranges: ranges
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [start + shift, end + shift]),
  };
}

/** Where the stretch begins that holds the most of them. */
function densest(ranges: readonly [number, number][]): number {
  let best = { start: 0, count: 0 };
  for (let first = 0, after = 0; first < ranges.length; first++) {
    const [start] = ranges[first]!;
    while (after < ranges.length && ranges[after]![1] <= start + LENGTH - LEAD) after++;
    if (after - first > best.count || first === 0) best = { start, count: after - first };
  }
  return best.start;
}

/** The start of a word at or after a place, where one is near. */
function wholeFrom(text: string, place: number): number {
  if (place === 0) return 0;
  const blank = /\s/.exec(text.slice(place - 1, place + LEAD - 1));
  return blank ? place + blank.index : onLetter(text, place);
}

function wholeTo(text: string, place: number): number {
  if (place === text.length) return place;
  const blank = /\s\S*$/.exec(text.slice(place - LEAD, place + 1));
  return blank ? place - LEAD + blank.index : onLetter(text, place);
}

/** Never between the two halves of a character. */
const onLetter = (text: string, place: number): number =>
  /[\uDC00-\uDFFF]/.test(text[place] ?? "") && place > 0 ? place - 1 : place;

function rangesOf(text: string, terms: readonly SearchTerm[]): [number, number][] {
  const words = wordsOf(text);
  const wanted = terms
    .filter(({ isExcluded }) => !isExcluded)
    .map(({ text, isPrefix }) => ({ words: wordsOf(text).map(({ folded }) => folded), isPrefix }));
  const ranges: [number, number][] = [];
  for (let i = 0; i < words.length; i++) {
    for (const term of wanted) {
      if (!standsAt(words, i, term.words, term.isPrefix)) continue;
      const [start, end] = spanOf(words, i, term.words);
      const last = ranges.at(-1);
      if (last && start < last[1]) last[1] = Math.max(last[1], end);
      else ranges.push([start, end]);
    }
  }
  return ranges;
}

const spanOf = (words: readonly Word[], i: number, wanted: readonly string[]): [number, number] => [
  words[i]!.start,
  words[i + wanted.length - 1]!.end,
];

const standsAt = (words: readonly Word[], i: number, wanted: readonly string[], isPrefix: boolean): boolean =>
  wanted.every((word, j) => {
    const folded = words[i + j]?.folded;
    const mayGoOn = isPrefix && j === wanted.length - 1;
    return mayGoOn ? folded?.startsWith(word) === true : folded === word;
  });
