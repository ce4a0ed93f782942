import { slugOf } from "../knowledge/slug.ts";

/** What stands where something was erased. */
export const erasedText = "erased";

/** What a person is found by in what others wrote. */
export interface TracedPerson {
  /** What says, beside a name, that it is theirs: in labels of histories, and in mentions. */
  id: string;
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

/** A name of one word may be a word. */
const isOneWord = (name: string): boolean => !/\s/u.test(name.trim());

/** One of one word is looked for as it is written. One of several is a name however it is written. */
function namePattern(name: string): RegExp | null {
  const words = name.trim().split(/\s+/u);
  const clean = words.join(" ");
  if (clean.length < MIN_NAME || !/\p{L}/u.test(clean)) return null;
  const pattern = whole(clean, words.map(escaped).join("\\s+"));
  return new RegExp(pattern, words.length > 1 ? "giu" : "gu");
}

/** Its digits. */
function digitsOf(phone: string | null): string[] {
  const digits = (phone ?? "").match(/\d/g) ?? [];
  return digits.length < MIN_DIGITS ? [] : digits;
}

/** What stands between the digits of a phone number. */
const BETWEEN_DIGITS = "[\\s()./\u2010-\u2015-]*";

/** A text as a regular expression that finds it in any case, by a database too that knows of ASCII letters only. */
const inAnyCase = (text: string): string =>
  Array.from(escaped(text), (sign) => {
    const cases = new Set([sign, sign.toLowerCase(), sign.toUpperCase()]);
    const single = [...cases].filter((each) => Array.from(each).length === 1);
    return sign < "\u0080" || single.length < 2 ? sign : `[${single.join("")}]`;
  }).join("");

/** A mention of them, by whatever name they had then. */
const mentionPattern = (id: string): RegExp =>
  new RegExp(`(?<=@\\[)[^\\]\\r\\n]{1,200}(?=\\]\\(user:${id}\\))`, "giu");

const emailPattern = (email: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}._%+-])${escaped(email)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, "giu");

/** Words of the product in JSON, such as kinds and keys, are no names even where somebody is called so. */
const isMachineWord = (text: string): boolean => /^[a-z][a-z0-9_]*$/.test(text);

/** No longer than what stood there: texts have a most of characters. */
const replacement = (found: string): string => (found.length >= erasedText.length ? erasedText : "…");

/** Finds a person in texts by their exact names, address and phone, and takes them out. */
export class Traces {
  readonly #id: string;
  readonly #patterns: readonly RegExp[];
  /** But for names of one word. */
  readonly #certain: readonly RegExp[];
  readonly #slugs: readonly string[];
  /** A regular expression, whatever the case, that fits all texts that name the person and some others: for a first look. */
  readonly clue: string;

  constructor({ id, names, email, phone }: TracedPerson) {
    this.#id = id;
    const spelled = longestFirst(
      names.flatMap((name) => [name.normalize("NFC"), name.normalize("NFD")]),
    ).filter((name) => namePattern(name) !== null);
    const patternsOf = (some: readonly string[]) => some.map((name) => namePattern(name)!);
    const digits = digitsOf(phone);
    const phones = digits.length === 0 ? [] : [`(?<!\\d)\\+?${digits.join(BETWEEN_DIGITS)}(?!\\d)`];
    const phonePatterns = phones.map((pattern) => new RegExp(pattern, "gu"));
    const others = [mentionPattern(id), emailPattern(email), ...phonePatterns];
    this.#patterns = [...others, ...patternsOf(spelled)];
    this.#certain = [...others, ...patternsOf(spelled.filter((name) => !isOneWord(name)))];
    const words = spelled.map(longestWord);
    // Of one word it may be any word.
    this.#slugs = longestFirst(names.map(slugOf).filter((slug) => slug.includes("-")));
    const clues = [...new Set([email, ...words, ...this.#slugs])].map(inAnyCase);
    this.clue = [id, ...clues, ...(digits.length === 0 ? [] : [digits.join("\\W*")])].join("|");
  }

  inText(text: string): string {
    return without(this.#patterns, text);
  }

  /** In what a thing or somebody else is called: a name of one word is a word there. */
  inTitle(text: string): string {
    return without(this.#certain, text);
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

  isInValue(value: unknown): boolean {
    return JSON.stringify(this.inValue(value)) !== JSON.stringify(value);
  }

  /** The same in every text of a JSON value; its keys stay. */
  inValue(value: unknown): unknown {
    return this.#inValue(value, this.#patterns);
  }

  /** The same where all of it is what things are called. */
  inTitles(value: unknown): unknown {
    return this.#inValue(value, this.#certain);
  }

  #inValue(value: unknown, patterns: readonly RegExp[]): unknown {
    if (typeof value === "string") return isMachineWord(value) ? value : without(patterns, value);
    if (Array.isArray(value)) return value.map((inner) => this.#inValue(inner, patterns));
    if (typeof value !== "object" || value === null) return value;
    const label = this.#inLabel(value);
    const entries = Object.entries(value).map(([key, inner]) => [key, this.#inValue(inner, patterns)]);
    return { ...Object.fromEntries(entries), ...(label !== null && { label }) };
  }

  /** What a label calls them, alone or with others, is theirs by their id, whatever they were called then. Null where it is none. */
  #inLabel(value: object): string | null {
    if (!("id" in value && "label" in value)) return null;
    const { id, label } = value;
    // Without an id it is a text.
    if (typeof id !== "string" || typeof label !== "string" || id === "") return null;
    const ids = id.split(",");
    const place = ids.indexOf(this.#id);
    if (place < 0) return isMachineWord(label) ? label : this.inTitle(label);
    const labels = label.split(", ");
    return labels.length === ids.length ? labels.with(place, erasedText).join(", ") : erasedText;
  }
}

const without = (patterns: readonly RegExp[], text: string): string =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, replacement), text);

/** Each once; what is within another comes after it, so that nothing of that one is left. */
const longestFirst = (texts: readonly string[]): string[] =>
  [...new Set(texts)].toSorted((a, b) => b.length - a.length);

const longestWord = (name: string): string =>
  (name.match(/[\p{L}\p{N}]+/gu) ?? []).reduce(
    (longest, word) => (word.length > longest.length ? word : longest),
    "",
  );
