import { refuse } from "../refusal.ts";
import { lintPrerequisites } from "./lint.ts";

/** A scenario as far as it depends on others: by their keys. */
export interface Dependent {
  key: string;
  prerequisites: readonly string[];
}

/** @throws RefusalError `scenario.locked` for who has not passed what it needs. */
export function expectUnlocked(
  { prerequisites }: Pick<Dependent, "prerequisites">,
  passed: ReadonlySet<string>,
): void {
  const missing = prerequisites.filter((key) => !passed.has(key));
  if (missing.length > 0) refuse({ code: "scenario.locked", missing });
}

/**
 * A revision may be offered when what it needs is offered, and nothing needs itself then.
 * @param active all that is offered, another revision of it too.
 * @throws RefusalError `scenario.invalid`.
 */
export function expectActivatable(scenario: Dependent, active: readonly Dependent[]): void {
  const others = active.filter(({ key }) => key !== scenario.key);
  const problems = lintPrerequisites([...others, scenario].map((one) => ({ ...one, id: one.key })));
  const own = problems.filter(({ path }) => path.startsWith(`${scenario.key}.`));
  if (own.length > 0)
    refuse({
      code: "scenario.invalid",
      problems: own.map(({ message }) => ({ path: "prerequisites", message, line: null })),
    });
}

/** @throws RefusalError `scenario.in_use` where a scenario that is offered needs this one. */
export function expectRetirable({ key }: Dependent, active: readonly Dependent[]): void {
  if (active.some((other) => other.key !== key && other.prerequisites.includes(key)))
    refuse({ code: "scenario.in_use" });
}
