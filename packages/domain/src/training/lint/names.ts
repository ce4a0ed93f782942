import type { Scenario } from "../scenario.ts";
import type { LintProblem } from "./problem.ts";

/** Whatever is named is there, once. */
export function nameProblems(scenario: Scenario): LintProblem[] {
  const { cast, rootCause, verification, tools, world, facts, knowledge } = scenario;
  const unknownFacts = (path: string, names: readonly string[]) =>
    names
      .filter((name) => !Object.hasOwn(facts, name))
      .map((name) => ({ path, message: `There is no fact ${name}.` }));
  const unknownTools = (path: string, names: readonly string[]) =>
    names
      .filter((name) => !Object.hasOwn(tools, name))
      .map((name) => ({ path, message: `There is no tool ${name}.` }));
  const twice = (path: string, names: readonly string[]) =>
    names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => ({ path, message: `${name} is there twice.` }));
  return [
    ...(Object.hasOwn(rootCause.options, rootCause.answer)
      ? []
      : [{ path: "rootCause.answer", message: "It is not among the options." }]),
    ...(Object.keys(rootCause.options).length < 2
      ? [{ path: "rootCause.options", message: "There is nothing to choose from." }]
      : []),
    ...twice(
      "cast",
      cast.map(({ id }) => id),
    ),
    ...twice(
      "knowledge",
      knowledge.map(({ id }) => id),
    ),
    ...twice("skills", scenario.skills),
    ...cast.flatMap(({ id, knows, evade, says }) => [
      ...unknownFacts(`cast.${id}.knows`, knows),
      ...unknownFacts(`cast.${id}.evade`, Object.keys(evade)),
      ...unknownFacts(`cast.${id}.says`, Object.keys(says)),
    ]),
    ...unknownFacts("verification.neverAsk", verification.neverAsk),
    ...unknownFacts("verification.neverTell", verification.neverTell),
    ...unknownTools("verification.required", Object.keys(verification.required)),
    ...Object.entries(verification.factors).flatMap(([name, { fact, tool }]) => [
      ...unknownFacts(`verification.factors.${name}`, fact ? [fact] : []),
      ...unknownTools(`verification.factors.${name}`, tool ? [tool] : []),
    ]),
    ...Object.entries(tools).flatMap(([name, { requires, effects }]) =>
      [...Object.keys(requires), ...Object.keys(effects)]
        .filter((key) => !Object.hasOwn(world, key))
        .map((key) => ({ path: `tools.${name}`, message: `The world has no ${key}.` })),
    ),
  ];
}
