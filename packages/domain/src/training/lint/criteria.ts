import { type Criterion, type Pattern } from "../criterion.ts";
import type { Scenario } from "../scenario.ts";
import { type Section, sections } from "../score.ts";
import { isKnownAct, isKnownMark } from "./known.ts";
import type { LintProblem } from "./problem.ts";

/** Every section that counts judges everybody, by things that can happen. */
export function criteriaProblems(scenario: Scenario): LintProblem[] {
  const { cast, criteria, weights } = scenario;
  const all = Object.entries(criteria) as [Section, Criterion[]][];
  const ids = all.flatMap(([, some]) => some.map(({ id }) => id));
  const roles = [...new Set(cast.map(({ role }) => role))];
  return [
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => ({ path: "criteria", message: `${id} is there twice.` })),
    ...all
      .filter(([section]) => weights[section] > 0)
      .flatMap(([section, some]) =>
        // What only answers the customer does not apply where the customer gave no occasion.
        roles
          .filter((role) => !some.some((one) => !("response" in one) && (one.when ?? role) === role))
          .map((role) => ({ path: `criteria.${section}`, message: `Nothing is judged for the ${role}.` })),
      ),
    ...(sections.every((section) => weights[section] === 0)
      ? [{ path: "weights", message: "Nothing counts." }]
      : []),
    ...all.flatMap(([section, some]) =>
      some.flatMap((criterion) =>
        problemsOf(scenario, criterion).map((message) => ({
          path: `criteria.${section}.${criterion.id}`,
          message,
        })),
      ),
    ),
    ...Object.keys(scenario.phrases)
      .filter((act) => !isKnownAct(scenario, act))
      .map((act) => ({ path: `phrases.${act}`, message: "There is no such act." })),
  ];
}

function problemsOf(scenario: Scenario, criterion: Criterion): string[] {
  const { when } = criterion;
  return [
    ...patternsOf(criterion)
      .filter((pattern) => !isKnownMark(scenario, pattern))
      .map((pattern) => `Nothing is marked ${pattern}.`),
    ...(when && !scenario.cast.some(({ role }) => role === when) ? [`Nobody of the cast is ${when}.`] : []),
    ...("points" in criterion && !Object.hasOwn(scenario.verification.required, criterion.points)
      ? [`${criterion.points} takes no points.`]
      : []),
    ...("count" in criterion && criterion.count.full < criterion.count.zero && !criterion.count.exercised
      ? ["What pays for little pays only where there was occasion: name it."]
      : []),
  ];
}

function patternsOf(criterion: Criterion): Pattern[] {
  if ("has" in criterion) return [criterion.has];
  if ("absent" in criterion) return [criterion.absent, criterion.exercised].flat();
  if ("all" in criterion) return criterion.all;
  if ("any" in criterion) return criterion.any;
  if ("ratio" in criterion) return criterion.ratio;
  if ("count" in criterion) return [criterion.count.of, criterion.count.exercised ?? []].flat();
  if ("precedence" in criterion) return criterion.precedence;
  if ("follows" in criterion) return criterion.follows;
  if ("response" in criterion) return [criterion.response.to, criterion.response.by];
  return [];
}
