import type { Scenario } from "../scenario.ts";
import type { LintProblem } from "./problem.ts";

/** What has to be used can work at some time, and what mends does. */
export function worldProblems({ world, tools, verification }: Scenario): LintProblem[] {
  const all = Object.entries(tools);
  const can = (key: string, value: unknown) =>
    world[key] === value || all.some(([, { effects }]) => effects[key] === value);
  const fixes = all.filter(([, { isFix }]) => isFix);
  const proofs = new Set(Object.values(verification.factors).map(({ tool }) => tool));
  const needed = all.filter(
    ([name, { isFix }]) => isFix || proofs.has(name) || Object.hasOwn(verification.required, name),
  );
  return [
    ...needed.flatMap(([name, { requires }]) =>
      Object.entries(requires)
        .filter(([key, value]) => !can(key, value))
        .map(([key, value]) => ({
          path: `tools.${name}.requires`,
          message: `It never works: nothing makes ${key} ${value}.`,
        })),
    ),
    ...fixes.flatMap(([name, { effects }]) => {
      const path = `tools.${name}.effects`;
      const made = Object.entries(effects);
      if (made.every(([key, value]) => world[key] === value))
        return [{ path, message: "It mends nothing: the world is so already." }];
      return made
        .filter(([key, value]) => fixes.some(([, other]) => (other.effects[key] ?? value) !== value))
        .map(([key]) => ({ path, message: `Another fix makes ${key} something else.` }));
    }),
  ];
}
