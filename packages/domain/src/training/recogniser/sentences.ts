/** A message is read so far; whoever writes more says it again. */
const LONGEST_MESSAGE = 4_000;
const MOST_SENTENCES = 40;

const QUOTED = /["“”„«»][^"“”„«»]*["“”„«»]|(?<=^|[\s(:])'[^'\n]*'(?=$|[\s).,;:!?])/gu;
const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Sentences of a message, without what it quotes: who cites a question has not asked it. */
export const sentencesOf = (message: string): string[] =>
  message
    .slice(0, LONGEST_MESSAGE)
    .replaceAll(QUOTED, " ")
    .split(/(?<=[!?…])\s*|(?<=\.)\s+|(?<=\p{Ll}\.)(?=\p{Lu})|[\n\r]+|\s+[–—-]+\s+/u)
    .map((sentence) => sentence.trim())
    .filter(hasWords)
    .slice(0, MOST_SENTENCES);

/** The parts of a sentence that may each do something of their own. */
export const clausesOf = (sentence: string): string[] =>
  sentence.split(/[,;:]\s+|\s*[;/&]\s*|\s+(?:and|but|then|or)\s+/iu).filter(hasWords);
