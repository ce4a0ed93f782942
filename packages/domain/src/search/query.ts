import { fold, lettersOf, wordsOf } from "./words.ts";

/** A word that is looked for, or several that stand next to each other. */
export interface SearchTerm {
  text: string;
  /** Whether the last word may go on. */
  isPrefix: boolean;
  isExcluded: boolean;
}

/** What somebody typed into the search box. */
export interface SearchQuery {
  terms: SearchTerm[];
  /** The ticket that is asked for by its number alone. */
  number: number | null;
}

export const maxSearchTerms = 32;
const MAX_NUMBER = 2_147_483_647;
const MIN_PREFIX_LENGTH = 2;

/** An exclusion, then a phrase (its end may be missing) or a word, then a star. */
const TERM = /(?<minus>-?)(?:"(?<phrase>[^"]*)(?<closed>"?)|(?<word>[^\s"]+))(?<star>\*?)/gu;

/**
 * Words, "phrases", -excluded ones, and prefix*; the last word goes on, for somebody is still typing it.
 * Whatever has neither letter nor digit is left out, so that nothing is an error.
 */
export function parseSearch(query: string): SearchQuery {
  const terms: SearchTerm[] = [];
  for (const match of query.matchAll(TERM)) {
    const { minus, phrase, closed, word, star } = match.groups as Record<string, string | undefined>;
    const text = phrase ?? word!;
    const words = wordsOf(text);
    const last = words.at(-1);
    if (!last) continue;
    const isExcluded = minus === "-";
    const isTyped = !isExcluded && !closed && match.index + match[0].length === query.length;
    const isLong = lettersOf(last.folded).length >= MIN_PREFIX_LENGTH;
    const isPrefix = isLong && (isTyped || star === "*" || (word !== undefined && word.endsWith("*")));
    const term = {
      text: words.map(({ start, end }) => text.slice(start, end)).join(" "),
      isPrefix,
      isExcluded,
    };
    if (!terms.some((known) => isSame(known, term))) terms.push(term);
  }
  const number = Number(/^\s*#?(\d{1,10})\s*$/.exec(query)?.[1] ?? 0);
  return { terms, number: number > 0 && number <= MAX_NUMBER ? number : null };
}

const isSame = (a: SearchTerm, b: SearchTerm): boolean =>
  fold(a.text) === fold(b.text) && a.isPrefix === b.isPrefix && a.isExcluded === b.isExcluded;

/** The query as it would be typed; parsed again, it is the same. */
export function writtenSearch(terms: readonly SearchTerm[]): string {
  const written = terms.map(({ text, isPrefix, isExcluded }, i) => {
    const isPhrase = text.includes(" ");
    // The last word goes on anyway, and one that must not is followed by a blank.
    const isTyped = i === terms.length - 1 && !isExcluded && !isPhrase;
    const end = isTyped ? (isPrefix ? "" : " ") : isPrefix ? "*" : "";
    return `${isExcluded ? "-" : ""}${isPhrase ? `"${text}"` : text}${end}`;
  });
  return written.join(" ");
}

/** The words of a term that may have been mistyped: not the short ones, and no numbers. */
export const correctable = ({ text, isExcluded }: SearchTerm): string[] =>
  isExcluded
    ? []
    : wordsOf(text).flatMap(({ folded }) =>
        /\p{N}/u.test(folded) || lettersOf(folded).length < 4 ? [] : [folded],
      );

/** The term with other words in place of its own. */
export const corrected = (term: SearchTerm, words: ReadonlyMap<string, string>): SearchTerm => ({
  ...term,
  text: term.text
    .split(" ")
    .map((word) => words.get(fold(word)) ?? word)
    .join(" "),
});
