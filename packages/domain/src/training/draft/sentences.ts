/** The longest line that a scenario takes. */
const LONGEST = 2_000;

/** The sentences of a text; lines that a mail program broke are one again. */
export const spokenSentences = (text: string): string[] =>
  text
    .replaceAll(/\n(?=\p{Ll})/gu, " ")
    .split(/(?<=[.!?])\s+|\n+/u)
    .map(oneLine)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

export const oneLine = (text: string): string =>
  Array.from(text.replaceAll(/\s+/g, " ").trim()).slice(0, LONGEST).join("").trim();

/** Says nothing of the matter: a greeting, thanks, a good-bye, a word or two. */
export const isCourtesy = (sentence: string): boolean =>
  sentence.split(" ").length < 3 ||
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|(?:many )?thanks|thank you|best|kind regards|regards|cheers|bye|goodbye|have a)\b[^"]{0,60}$/i.test(
    sentence,
  );

/** "Hello all, it is broken" says that it is broken. */
export const withoutGreeting = (sentence: string): string =>
  sentence.replace(
    /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?:\s\p{L}+){0,3},\s+(\p{L})/iu,
    (_, first: string) => first.toUpperCase(),
  );

const unimportant = new Set(
  "a an the your you my our it is are was were do does did please could can would will to of in on at for with and or that this what which tell me us let know".split(
    " ",
  ),
);

/** A name for what a sentence is about: its first words that say something, without placeholders. */
export function slugOf(sentence: string, otherwise: string): string {
  const words = sentence
    .replaceAll(/\[[^\]]*\]/g, " ")
    .normalize("NFKD")
    .toLowerCase()
    .match(/\b[a-z][a-z0-9]*\b/g);
  const slug = (words ?? [])
    .filter((word) => !unimportant.has(word))
    .slice(0, 4)
    .join("_")
    .slice(0, 40);
  return slug.replace(/_+$/, "") || otherwise;
}
