import { packed } from "./encode.ts";
import { featuresOf, wordsOf } from "./features.ts";
import { learn } from "./learn.ts";
import { type Curriculum, lessonsOf } from "./lessons.ts";
import { isNegated, isReported } from "./negation.ts";
import { MOST_ACTS, type Weights } from "./weights.ts";

/** Digits that give a value away even without the rest of it. */
const TELLING_DIGITS = /\d{4,}/gu;

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

/** The words of a value, and each long number in it. */
const tellingTexts = (value: string): string[] => [
  ...new Set([wordsOf(value).join(" "), ...(value.match(TELLING_DIGITS) ?? [])]),
];
