import { lettersOf, wordsOf } from "../search/words.ts";

/** A word of a text that asks for help, as articles are looked for by it. */
export interface ProblemWord {
  word: string;
  /** Whether words that only begin so count: endings differ. */
  isPrefix: boolean;
  /** From 0 to 1, by its length: what binds sentences together is short in most languages. */
  tells: number;
}

const MAX_WORDS = 80;
const MIN_LETTERS = 3;
/** From so many letters on, a word is compared without its ending. */
const LONG = 5;
const endingOf = (letters: number): number => (letters < LONG ? 0 : letters < 7 ? 1 : 2);

const tells = (letters: number): number => (letters < 4 ? 0.2 : letters === 4 ? 0.5 : 1);

/** The words of a text, each once, in their order: its first ones, without the shortest. */
export function problemWords(text: string): ProblemWord[] {
  const known = new Map<string, ProblemWord>();
  for (const { folded } of wordsOf(text)) {
    if (known.size === MAX_WORDS) break;
    const letters = lettersOf(folded);
    if (letters.length < MIN_LETTERS) continue;
    const hasDigit = /\p{N}/u.test(folded);
    const ending = hasDigit ? 0 : endingOf(letters.length);
    const word = letters.slice(0, letters.length - ending).join("");
    known.set(word, { word, isPrefix: ending > 0, tells: hasDigit ? 1 : tells(letters.length) });
  }
  return [...known.values()];
}

export const maxSuggestionTerms = 12;

/** A word that more articles have says little of any. */
const MAX_SHARE = 0.4;
const FEW = 5;

/** The words that tell most, of those that some articles have and many have not: the more, the fewer have it. */
export function weighedWords<T extends { articles: number; tells: number }>(
  words: readonly T[],
  articles: number,
): (T & { weight: number })[] {
  return words
    .filter((word) => word.articles > 0 && word.articles <= Math.max(FEW, articles * MAX_SHARE))
    .map((word) => ({ ...word, weight: word.tells * Math.log(1 + articles / word.articles) }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, maxSuggestionTerms);
}
