import { slugOf } from "../knowledge/slug.ts";

/** What stands where something was erased. */
export const erasedText = "erased";

/** What a person is found by in what others wrote. */
export interface TracedPerson {
  /** As they are called, and as they are called besides. */
  names: readonly string[];
  email: string;
  phone: string | null;
}

const MIN_NAME = 2;
const MIN_DIGITS = 5;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** Scripts that are written without blanks: a name stands among other letters there. */
const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}]";
const LETTER = "[\\p{L}\\p{M}\\p{N}]";

const whole = (name: string, pattern: string): string => {
  const before = new RegExp(`^${UNSPACED}`, "u").test(name) ? "" : `(?<!${LETTER})`;
  const after = new RegExp(`${UNSPACED}$`, "u").test(name) ? "" : `(?!${LETTER})`;
  return `${before}${pattern}${after}`;
};

/** A name of one word may be a word: it is looked for as it is written. One of several is a name however it is written. */
function namePattern(name: string): RegExp | null {
  const words = name.trim().split(/\s+/u);
  const clean = words.join(" ");
  if (clean.length < MIN_NAME || !/\p{L}/u.test(clean)) return null;
  const pattern = whole(clean, words.map(escaped).join("\\s+"));
  return new RegExp(pattern, words.length > 1 ? "giu" : "gu");
}

/** Its digits, whatever stands between them. */
function phoneDigits(phone: string | null): string[] {
  const digits = (phone ?? "").match(/\d/g) ?? [];
  return digits.length < MIN_DIGITS ? [] : [digits.join("[\\s()./-]*")];
}

const emailPattern = (email: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}._%+-])${escaped(email)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, "giu");

/** Words of the product in JSON, such as kinds and keys, are no names even where somebody is called so. */
const isMachineWord = (text: string): boolean => /^[a-z][a-z0-9_]*$/.test(text);

/** No longer than what stood there: texts have a most of characters. */
const replacement = (found: string): string => (found.length >= erasedText.length ? erasedText : "…");

/** Finds a person in texts by their exact names, address and phone, and takes them out. */
export class Traces {
  readonly #patterns: readonly RegExp[];
  readonly #slugs: readonly string[];
  /** A regular expression, whatever the case, that fits all texts that name the person and some others: for a first look. */
  readonly clue: string;

  constructor({ names, email, phone }: TracedPerson) {
    const namePatterns = names.flatMap((name) => namePattern(name) ?? []);
    const phonePatterns = phoneDigits(phone).map(
      (digits) => new RegExp(`(?<!\\d)\\+?${digits}(?!\\d)`, "gu"),
    );
    this.#patterns = [emailPattern(email), ...namePatterns, ...phonePatterns];
    const words = names.filter((name) => namePattern(name) !== null).map(longestWord);
    // Of one word it may be any word.
    this.#slugs = names.map(slugOf).filter((slug) => slug.includes("-"));
    this.clue = [escaped(email), ...words, ...this.#slugs, ...phoneDigits(phone)].join("|");
  }

  inText(text: string): string {
    return this.#patterns.reduce((rest, pattern) => rest.replace(pattern, replacement), text);
  }

  /** In what an address is made of: a name of several words, as it stands there. */
  inSlug(slug: string): string {
    const within = (rest: string, name: string) =>
      rest.replaceAll(new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`, "g"), erasedText);
    return this.#slugs.reduce(within, slug);
  }

  isIn(text: string): boolean {
    return this.inText(text) !== text;
  }

  /** The same in every text of a JSON value; its keys stay. */
  inValue(value: unknown): unknown {
    if (typeof value === "string") return isMachineWord(value) ? value : this.inText(value);
    if (Array.isArray(value)) return value.map((inner) => this.inValue(inner));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.inValue(inner)]));
  }
}

const longestWord = (name: string): string =>
  (name.match(/[\p{L}\p{N}]+/gu) ?? []).reduce(
    (longest, word) => (word.length > longest.length ? word : longest),
    "",
  );
