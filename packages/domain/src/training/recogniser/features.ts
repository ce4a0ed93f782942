import { stem } from "./stem.ts";

const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)?/gu;
/** Longer ones are no words; their pieces would be many and say nothing. */
const LONGEST_WORD = 24;
const MOST_WORDS = 60;

/** The words of a sentence as they are compared: lower case, one kind of apostrophe. */
export const wordsOf = (sentence: string): string[] =>
  sentence
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[’‘`´]/g, "'")
    .match(WORD) ?? [];

/**
 * What a sentence is made of, each once, as numbers of 24 bits: stems, pairs of stems, pieces of three and four
 * letters, how it begins, whether it asks.
 */
export function featuresOf(sentence: string): Set<number> {
  const words = wordsOf(sentence)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));
  const features = new Set<number>();
  let before = "^";
  for (const word of words) {
    const one = stem(word);
    features.add(featureOf("w", one));
    features.add(featureOf("b", `${before} ${one}`));
    before = one;
    const framed = `<${word}>`;
    for (let at = 0; at + 3 <= framed.length; at += 1) {
      features.add(featureOf("c", framed.slice(at, at + 3)));
      if (at + 4 <= framed.length) features.add(featureOf("c", framed.slice(at, at + 4)));
    }
  }
  if (words.length > 0) features.add(featureOf("b", `${before} $`));
  if (sentence.includes("?")) features.add(featureOf("asks", ""));
  if (words.length <= 2) features.add(featureOf("short", ""));
  return features;
}

const OF_WORDS = 0x800000;

/** Whether a feature is of whole words, and no piece of one. */
export const isOfWords = (feature: number): boolean => (feature & OF_WORDS) !== 0;

/** FNV-1a over UTF-16 code units, folded to 23 bits: among thousands of features hardly two are one. */
function featureOf(kind: string, text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < kind.length; at += 1) hash = Math.imul(hash ^ kind.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ 0x20, 0x01000193);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 23)) & 0x7fffff) | (kind === "c" ? 0 : OF_WORDS);
}
