import { codeWords, CONTEXT } from "./numbers.ts";
import type { Finding } from "./removal.ts";

/** Digits as they are said, in English and German. */
const digits: Record<string, string> = Object.fromEntries(
  [
    "zero oh null",
    "one eins",
    "two zwei zwo",
    "three drei",
    "four vier",
    "five fünf fuenf",
    "six sechs",
    "seven sieben",
    "eight acht",
    "nine neun",
  ].flatMap((words, digit) => words.split(" ").map((word) => [word, String(digit)])),
);
const more =
  "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split(
    " ",
  );
const REPEATED: Record<string, number> = { double: 2, triple: 3 };
const WORD = [...Object.keys(digits), ...more, ...Object.keys(REPEATED), String.raw`\d(?!\d)`].join("|");
const RUN = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${WORD})(?:[\s,./-]{1,3}(?:${WORD})(?![\p{L}\d]))+`,
  "giu",
);
/** So many in a row are a number that is read out, even where nothing says which. */
const MANY = 5;
const FEW = 3;

const IS_CODE = /^\s+(?:is|was)\s+(?:the|my|your|a)\s+(?:\w+\s)?(?:code|pin|otp|tan)\b/i;

/** Codes and numbers that are read out in words: "four seven one, double two". */
export const spelledNumbers = (text: string): Finding[] =>
  Array.from(text.matchAll(RUN), ({ 0: found, index }) => {
    const words = found.toLowerCase().split(/[^\p{L}\d]+/u);
    const isCode =
      codeWords.test(text.slice(Math.max(0, index - CONTEXT), index)) ||
      IS_CODE.test(text.slice(index + found.length));
    const isSaid = words.some((word) => !/^\d$/.test(word));
    const identity = words
      .map((word, at) =>
        (digits[word] ?? (word in REPEATED ? "" : word)).repeat(REPEATED[words[at - 1]!] ?? 1),
      )
      .join("");
    const isNumber = isSaid && words.length >= (isCode ? FEW : MANY);
    const kind = isCode ? ("one_time_code" as const) : ("account" as const);
    return isNumber ? [{ kind, start: index, end: index + found.length, identity }] : [];
  }).flat();
