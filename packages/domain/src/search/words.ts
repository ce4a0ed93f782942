/** A word of a text: where it stands (UTF-16 offsets) and how it compares. */
export interface Word {
  start: number;
  end: number;
  folded: string;
}

/** Letters that have no accent to take off and are still written with others. */
const spelled: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

const ASCII = /^[\0-\x7f]*$/;

/** Without case and accents, as the index compares words. */
export const fold = (text: string): string =>
  ASCII.test(text)
    ? text.toLowerCase()
    : text
        .normalize("NFKD")
        .replaceAll(/\p{Script=Latin}\p{Mn}+/gu, (letter) => letter.replaceAll(/\p{Mn}/gu, ""))
        .toLowerCase()
        .normalize("NFC")
        .replaceAll(/[ßæœøłđðþı]/g, (letter) => spelled[letter]!);

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** The words of a text in their order. */
export const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    folded: fold(word),
  }));

/** Its characters: none is cut in two. */
export const lettersOf = (word: string): string[] => Array.from(word);
