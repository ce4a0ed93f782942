import { findArticleWords, sightValues } from "@helpdesk/db";
import { type SearchTerm, correctable, corrected, nearestWord } from "@helpdesk/domain";
import type { Reading } from "./reading.ts";

/** The terms with words of articles that the reader may read in place of words that none of these has; null where none is near. */
export async function correct(
  { read, sight }: Reading,
  terms: readonly SearchTerm[],
): Promise<SearchTerm[] | null> {
  const words = [...new Set(terms.flatMap(correctable))];
  if (words.length === 0) return null;
  const known = await findArticleWords(read, { ...sightValues(sight), words: JSON.stringify(words) });
  const meant = new Map<string, string>();
  for (const word of words) {
    const near = nearestWord(word, known);
    if (near !== null && near !== word) meant.set(word, near);
  }
  return meant.size > 0 ? terms.map((term) => corrected(term, meant)) : null;
}
