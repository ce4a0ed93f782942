import { splitQuoted } from "../../ticket/quoted.ts";

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * What a person reads of a Markdown or HTML text, so that no spelling hides anything: without markup, invisible
 * characters and quoted history, with plain quotes, dashes, digits and white space. Lines stay lines.
 */
export const plainText = (text: string): string =>
  withoutMarkup(readable(splitQuoted(readable(text)).text))
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n[ \n]*/g, "\n")
    .trim();

const readable = (text: string): string =>
  withPlainDigits(text.normalize("NFKC"))
    // Invisible characters, controls, and those that belong to nobody: placeholders stand on them for a while.
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\S\n]/g, " ")
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Variation_Selector}]|(?!\n)\p{Cc}/gu, "")
    .replaceAll(/[‘’‚‛′`´ʼ]/g, "'")
    .replaceAll(/[“”„‟″«»]/g, '"')
    .replaceAll(/[\p{Pd}−]/gu, "-");

function withoutMarkup(text: string): string {
  return (
    text
      .replaceAll(/&#(x?)([0-9a-f]{1,6});/gi, (all, hex: string, code: string) => character(code, hex) ?? all)
      .replaceAll(/&([a-z]{2,6});/gi, (all, name: string) => entities[name.toLowerCase()] ?? all)
      .replaceAll(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, "\n")
      .replaceAll(/<(https?:[^>\s]+|mailto:[^>\s]+)>/gi, " $1 ")
      .replaceAll(/<\/?[a-z][^<>]*>|<!--.{0,2000}?-->/gis, "")
      // A link shows its text; where it leads may say more than that.
      .replaceAll(/!?\[([^[\]]*)\]\(([^()\n]*)\)/g, "$1 $2")
      .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
      .replaceAll(/^ *(?:#{1,6}|>+|[*+-]|\d{1,2}[.)])\s+/gm, "")
      .replaceAll(/[*~]+|^'{3,}.*$/gm, "")
      // Emphasis by underscores: around words, never within a key or an address.
      .replaceAll(/(?<![\p{L}\p{N}])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}])/gu, "")
      // A word that was divided at the end of a line.
      .replaceAll(/(?<=\p{Ll})-\n(?=\p{Ll})/gu, "")
  );
}

function character(code: string, hex: string): string | null {
  const point = Number.parseInt(code, hex ? 16 : 10);
  return point > 31 && point < 0xd800 ? String.fromCodePoint(point) : null;
}

/** Digits of all scripts as ours. */
const withPlainDigits = (text: string): string =>
  text.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0)!;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero -= 1;
    return String(digit.codePointAt(0)! - zero);
  });
