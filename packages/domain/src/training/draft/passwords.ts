import type { Finding } from "./removal.ts";

const SECRET =
  "pass\\s?words?|passwor[dt]|pass\\s?phrase|passwd|pass|pwd|pw|kennwort|passcode|credentials?|secret(?: answer| word)?|recovery (?:key|phrase)|log\\s?in|(?:wi-?fi|wlan|wpa\\d?|guest|hotspot)[\\s-]?(?:key|code)|(?:network|pre-?shared)[\\s-]?key|psk|passkey";
const SAYS = new RegExp(
  String.raw`\b(?:${SECRET})\b(?<between>[^.!?\n:="]{0,40}?)(?<is>\s+(?:is|was|ist|war|to)(?=\s|:)\s*:?|'s\b|\s*(?:[:=]|->|=>|→)|\s+-\s)[\s"']*`,
  "dgi",
);
/** No password is longer, whatever it is made of. */
const LONGEST = 200;
/** What a sentence on a password goes on with where it does not say it. */
export const ORDINARY = new Set(
  `a about accepted after again already also always an and any as at be because been before being both broken but by case changed
  correct days denied different due enough every everyone expired fine for forgotten from gone good hard has have he how i
  if in incorrect insecure invalid is it its just kept known locked lost me missing my needed never new next no not nothing
  now of ok okay old on only or our out over please rejected required reset right same saved secure secret set she should
  simply since so still stored strong that the their then there they this to today tomorrow too true typed under unknown up
  access be do get make see sign try use work used valid very we weak what when where which while who why will with without working wrong yesterday yet you your`.split(
    /\s+/,
  ),
);

/** The words after "my password is", unless they only say how it fares: whoever doubts, removes. */
export function passwords(text: string): Finding[] {
  const said = [...text.matchAll(SAYS)].flatMap(({ 0: all, index }): Finding[] => {
    const start = index + all.length;
    const rest = text.slice(start, start + LONGEST);
    const quote = /["']$/.exec(all)?.[0];
    const value = quote && rest.includes(quote) ? rest.slice(0, rest.indexOf(quote)) : valueOf(rest);
    // What a login was found to be is a mark already.
    return value === null || value === "" || /^\p{Co}/u.test(value) ? [] : [password(start, value)];
  });
  const others = [
    // "password Hunter2", "mkeller / Hunter2", "from OldOne1 to …"
    /\b(?:password|passwd|pwd|pw|passcode|kennwort)\s+["'(]?(?<value>[^\s"']{4,})/dgi,
    /\b(?:log\s?in|user(?:\s?name)?|account)\b[^.!?\n/]{0,40}\s?\/\s?(?<value>[^\s"']{4,})/dgi,
    /\b(?:wi-?fi|wlan|hotspot)\s*[:=]\s*["']?(?<value>[^\s"']{6,})/dgi,
    /\bpass\s?(?:word|code)?\s+from\s+["']?(?<value>[^\s"']{4,})/dgi,
  ].flatMap((pattern) => valuesOf(text, pattern).filter(({ value }) => isMixed(value)));
  return [
    ...said,
    ...[...others, ...valuesOf(text, BEFORE).filter(isNoWord)].map(({ value, start }) =>
      password(start, trimmed(value)),
    ),
  ];
}

const USER = String.raw`\b(?:user(?:\s?name)?|log\s?in|account|u)`;
const PASS = String.raw`(?:pass(?:word|wd|code)?|pwd?|kennwort|p)`;
const LOGINS = [
  // "user anna pass tiger", "u: anna, p: tiger"
  String.raw`${USER}(?:\s*[:=]\s*|(?<!\bu)\s+)["']?(?<user>[^\s"',;:=]{2,})["']?[\s,;]+(?:(?:and|with)\s+)?(?:the\s+)?${PASS}(?:\s*[:=]\s*|(?<!\bp)\s+)["']?(?<value>[^\s"',;]{3,})`,
  // "login: anna / tiger", "login anna / Tiger7"
  String.raw`${USER}(?:\s+(?:is|was)|\s*[:=])\s*(?<user>[^\s/"']{2,})\s*\/\s*(?<value>[^\s"']{3,})`,
  String.raw`${USER}\s+(?<user>[^\s/"']{2,})\s*\/\s*(?<mixed>[^\s"']{3,})`,
].map((pattern) => new RegExp(pattern, "dgi"));
/** What is said of passwords in general. */
const GENERAL = /^(?:change|expir|requir|reset|prompt|problem|polic|field|manager|page|issue|box)/i;

/** A user and a password in one breath. */
export const logins = (text: string): Finding[] =>
  LOGINS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ groups, indices }) => {
      const { user, value, mixed } = groups as { user: string; value?: string; mixed?: string };
      const secret = trimmed(value ?? mixed ?? "");
      const isPlain = [user, secret].some((word) => ORDINARY.has(word.toLowerCase()) || GENERAL.test(word));
      if (isPlain || (mixed !== undefined && !isMixed(mixed))) return [];
      const [start, end] = indices!.groups!["user"]!;
      return [
        { kind: "identifier" as const, start, end, identity: user.toLowerCase() },
        password(indices!.groups![value === undefined ? "mixed" : "value"]![0], secret),
      ];
    }),
  );

const GIVEN =
  /\b(?:reset|(?:set|changed?|put)\s+(?:it|that|this|them|yours?))(?:\s+(?:it|that|this|them|yours|(?:the|your|my|his|her)\s+\w+))?(?:\s+(?:back|now))?\s+to\s+["']?(?<value>\p{L}[^\s"']{5,})|\bset\s+(?:the|your|my|his|her)\s+(?:password|login|account)\s+(?:back\s+)?to\s+["']?(?<value>\p{L}[^\s"']{5,})/dgiu;

/** What nobody writes but for a password: all kinds of signs in one word, and what something was "reset to". */
export const passwordWords = (text: string): Finding[] =>
  [
    ...valuesOf(text, GIVEN).filter(({ value }) => /\d|\p{L}[!#$%&?*]+\p{L}/u.test(value)),
    ...valuesOf(text, /(?<![\p{L}\d])(?<value>[\p{L}\d!#$%&*?^]{6,40})/dgu).filter(({ value }) =>
      [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[!#$%&*?^]/].every((kind) => kind.test(value)),
    ),
  ]
    .filter(({ value }) => !PUBLIC.test(value))
    .map(({ value, start }) => password(start, trimmed(value)));

/** Names of products and standards with a number in them. */
const PUBLIC = /^(?:windows|office|utf|utc|gmt|ipv|wpa|vlan|http|version|level|room|floor)\W?\d/i;

/** "Hunter is my password", but not "this is my password manager". */
const BEFORE = new RegExp(
  String.raw`(?<value>[^\s"']{3,60})["']?\s+(?:is|was|as)\s+(?:my|the|your|his|her|our|a)\s+(?:\w+\s+)?(?:${SECRET})\b(?!\s+(?:manager|reset|problem|policy|field|page))`,
  "dgi",
);

const isNoWord = ({ value }: { value: string }): boolean => !ORDINARY.has(trimmed(value).toLowerCase());

/** In a sentence on passwords any word with digits or signs in it may be one. */
export const mixedNearPasswords = (text: string): Finding[] =>
  [...text.matchAll(/[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?/g)].flatMap(({ 0: sentence, index }) =>
    MENTIONS.test(sentence)
      ? [...sentence.matchAll(/[\p{L}\d!$%&#@=+*^_-]{4,}/gu)]
          .filter(([word]) => !PUBLIC.test(word))
          .filter(([word]) => /\p{L}.*\d|\d.*\p{L}|[\p{L}\d].*[!$%&#@=+*^].*[\p{L}\d]/u.test(word))
          .map((found) => password(index + found.index, trimmed(found[0])))
      : [],
  );

const MENTIONS = new RegExp(String.raw`\b(?:${SECRET})\b`, "i");

const valuesOf = (text: string, pattern: RegExp): { value: string; start: number }[] =>
  Array.from(text.matchAll(pattern), ({ groups, indices }) => ({
    value: groups!["value"]!,
    start: indices!.groups!["value"]![0],
  }));

/** One word where it looks like no word, else all up to the end of the clause; null where all of it is ordinary. */
function valueOf(rest: string): string | null {
  const first = /^\S+/.exec(rest)?.[0] ?? "";
  if (isMixed(first)) return trimmed(first);
  const clause = /^[^\n]*?(?=[.,;!?](?:\s|$)|\n|$)/.exec(rest)![0];
  const words = clause.toLowerCase().match(/[^\s-]+/g) ?? [];
  const isOrdinary = words.length > 0 && words.slice(0, 3).every((word) => ORDINARY.has(word));
  return isOrdinary ? null : clause;
}

/** Digits, or signs within, or capitals after small letters: no ordinary word. */
export const isMixed = (word: string): boolean =>
  /\p{L}.*\d|\d.*\p{L}|\p{Ll}\p{Lu}|[\p{L}\d][^\p{L}\d\s.,;:!?'")-]|[!$%&#@=+*][\p{L}\d]/u.test(word);

const trimmed = (word: string): string => word.replace(/[.,;:"')]+$/, "");

const password = (start: number, value: string): Finding => ({
  kind: "password",
  start,
  end: start + value.length,
  identity: value,
});
