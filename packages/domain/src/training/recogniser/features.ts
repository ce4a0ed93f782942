import { stem } from "./stem.ts";

const WORD = /[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu;

/** Sentences of a message: one message may do several things. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/** The parts of a sentence that may each do something of their own. */
export const clausesOf = (sentence: string): string[] =>
  sentence.split(/,\s+|;\s+|\s+(?:and|but|then)\s+/iu).filter((clause) => /[\p{L}\p{N}]/u.test(clause));

/** What a sentence is made of, each once: stems, pairs of stems, pieces of words, and whether it asks. */
export function featuresOf(sentence: string): Set<string> {
  const words = sentence.toLowerCase().normalize("NFKC").replaceAll("’", "'").match(WORD) ?? [];
  const stems = words.map(stem);
  const features = new Set<string>();
  for (const [index, one] of stems.entries()) {
    features.add(`w ${one}`);
    const next = stems[index + 1];
    if (next !== undefined) features.add(`b ${one} ${next}`);
  }
  features.add(`first ${stems[0] ?? ""}`);
  for (const word of words) {
    const framed = `<${word}>`;
    for (const size of [3, 4]) {
      for (let at = 0; at + size <= framed.length; at += 1) features.add(`c ${framed.slice(at, at + size)}`);
    }
  }
  if (sentence.includes("?")) features.add("asks");
  if (words.length <= 2) features.add("short");
  return features;
}
