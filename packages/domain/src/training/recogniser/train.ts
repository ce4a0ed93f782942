import { packed } from "./encode.ts";
import { featuresOf, wordsOf } from "./features.ts";
import { learn } from "./learn.ts";
import { type Curriculum, lessonsOf } from "./lessons.ts";
import { isNegated, isReported } from "./negation.ts";
import { MOST_ACTS, type Weights } from "./weights.ts";

/** Numbers that give a value away even without the rest of it, and their last digits; a year does not. */
const NUMBER = /\d+(?:[ -]\d+)*/gu;
const LEAST_DIGITS = 3;
const YEAR = /^(?:19|20)\d\d$/u;
/** Names, and nothing else: each of them gives the value away, but for how somebody is addressed. */
const NAMES = /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)+$/u;
const TITLE = /^(?:professor|doctor|madam|sir|miss)$/u;
const LEAST_LETTERS = 3;

/**
 * The weights of a scenario's recogniser, from authored phrases alone. The same scenario makes the same weights, on
 * any machine.
 * @throws RangeError where there are more acts than can be numbered.
 */
export function trainRecogniser({ facts, phrases, verification }: Curriculum): Weights {
  const lessons = lessonsOf({ facts, phrases });
  const acts = [...lessons.phrases.keys()].toSorted();
  if (acts.length > MOST_ACTS) throw new RangeError(`${acts.length} acts are more than ${MOST_ACTS}.`);
  const examples = [...acts.map((act) => lessons.phrases.get(act)!), lessons.others].flatMap((lines, label) =>
    lines.map((line) => ({ label, features: featuresOf(line) })),
  );
  const saidSo = (is: (line: string) => boolean) =>
    acts.filter((act) => lessons.phrases.get(act)!.some((line) => is(line)));
  return {
    format: "helpdesk.recogniser/1",
    acts,
    negatable: saidSo(isNegated),
    reportable: saidSo(isReported),
    guarded: acts.filter((act) => isGuarded(act, verification.neverAsk)),
    telling: Object.fromEntries(
      verification.neverTell.flatMap((fact) => {
        const value = facts[fact]?.value;
        return value === undefined ? [] : [[`tell.${fact}`, tellingTexts(value)]];
      }),
    ),
    ...packed(learn(examples, acts.length + 1)),
  };
}

const isGuarded = (act: string, neverAsk: readonly string[]): boolean =>
  act === "rude" || act.startsWith("tell.") || neverAsk.some((fact) => act === `ask.${fact}`);

/** The words of a value as they are, and each name and number in it. */
const tellingTexts = (value: string): string[] => [
  ...new Set([wordsOf(value).join(" "), ...namesOf(value), ...numbersOf(value)]),
];

const namesOf = (value: string): string[] =>
  NAMES.test(value) ? wordsOf(value).filter((word) => word.length >= LEAST_LETTERS && !TITLE.test(word)) : [];

const numbersOf = (value: string): string[] =>
  (value.match(NUMBER) ?? []).flatMap((number) => {
    const groups = number.split(/[ -]/u);
    const ends = groups.map((group) => group.slice(-LEAST_DIGITS));
    return [groups.join(" "), groups.join(""), ...groups, ...ends].filter(
      (text) => text.length >= LEAST_DIGITS && !YEAR.test(groups.join("")) && !YEAR.test(text),
    );
  });
