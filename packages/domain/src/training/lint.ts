import { castProblems } from "./lint/cast.ts";
import { criteriaProblems } from "./lint/criteria.ts";
import { nameProblems } from "./lint/names.ts";
import type { LintProblem } from "./lint/problem.ts";
import { speechProblems } from "./lint/speech.ts";
import { idlenessProblems, stakeProblems } from "./lint/stakes.ts";
import { verificationProblems } from "./lint/verification.ts";
import { worldProblems } from "./lint/world.ts";
import type { Scenario } from "./scenario.ts";

export { formProblems } from "./lint/form.ts";
export type { LintProblem, TextProblem } from "./lint/problem.ts";
export { xpOfDifficulty } from "./lint/stakes.ts";

/** Everything that keeps a scenario from being fair or from being won; empty for one that may be played. */
export function lintScenario(scenario: Scenario): LintProblem[] {
  const problems = [
    ...nameProblems(scenario),
    ...castProblems(scenario),
    ...verificationProblems(scenario),
    ...worldProblems(scenario),
    ...criteriaProblems(scenario),
    ...stakeProblems(scenario),
    ...speechProblems(scenario),
  ];
  return problems.length > 0 ? problems : idlenessProblems(scenario);
}

/** Across scenarios: prerequisites exist and lead nowhere in a circle. */
export function lintPrerequisites(
  scenarios: readonly { id: string; prerequisites: readonly string[] }[],
): LintProblem[] {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (byId.get(from)?.prerequisites ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      return reaches(next, to, seen.add(next));
    });
  return scenarios.flatMap(({ id, prerequisites }) => [
    ...prerequisites
      .filter((other) => !byId.has(other))
      .map((other) => ({ path: `${id}.prerequisites`, message: `There is no scenario ${other}.` })),
    ...(reaches(id, id) ? [{ path: `${id}.prerequisites`, message: "They lead back to it." }] : []),
  ]);
}
