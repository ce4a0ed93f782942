import type { Finding } from "./removal.ts";

const SECRET =
  "pass\\s?words?|passwor[dt]|pass\\s?phrase|passwd|pass|pwd|pw|kennwort|passcode|credentials?|secret(?: answer| word)?|recovery (?:key|phrase)|log\\s?in";
const SAYS = new RegExp(
  String.raw`\b(?:${SECRET})\b(?<between>[^.!?\n:="]{0,40}?)(?<is>\s+(?:is|was|ist|war|to)(?=\s|:)\s*:?|'s\b|\s*(?:[:=]|->|=>|→)|\s+-\s)[\s"']*`,
  "dgi",
);
/** No password is longer, whatever it is made of. */
const LONGEST = 200;
/** What a sentence on a password goes on with where it does not say it. */
export const ORDINARY = new Set(
  `a about accepted after again already also always an and any as at be because been before being both but by case changed
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
    return value === null || value === "" ? [] : [password(start, value)];
  });
  const others = [
    // "password Hunter2", "mkeller / Hunter2", "from OldOne1 to …"
    /\b(?:password|passwd|pwd|pw|passcode|kennwort)\s+["'(]?(?<value>[^\s"']{4,})/dgi,
    /\b(?:log\s?in|user(?:\s?name)?|account)\b[^.!?\n/]{0,40}\s?\/\s?(?<value>[^\s"']{4,})/dgi,
    /\bpass\s?(?:word|code)?\s+from\s+["']?(?<value>[^\s"']{4,})/dgi,
  ].flatMap((pattern) => valuesOf(text, pattern).filter(({ value }) => isMixed(value)));
  return [
    ...said,
    ...[...others, ...valuesOf(text, BEFORE).filter(isNoWord)].map(({ value, start }) =>
      password(start, trimmed(value)),
    ),
  ];
}

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
