import { actFamilies, isSharedAct } from "./acts.ts";
import type { Criterion, Pattern } from "./criterion.ts";
import type { Cast, Scenario } from "./scenario.ts";
import { type Section, sections } from "./score.ts";

/** What is wrong with a scenario that the schema alone takes. */
export interface LintProblem {
  /** Where: `cast.caller.knows`. */
  path: string;
  message: string;
}

/** Everything that keeps a scenario from being fair or from being won; empty for one that may be played. */
export function lintScenario(scenario: Scenario): LintProblem[] {
  return [
    ...namesOf(scenario),
    ...castProblems(scenario),
    ...verificationProblems(scenario),
    ...criteriaProblems(scenario),
    ...spokenFacts(scenario),
  ];
}

/** Across scenarios: prerequisites exist and lead nowhere in a circle. */
export function lintPrerequisites(scenarios: readonly Scenario[]): LintProblem[] {
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

function namesOf({ cast, rootCause, verification, tools, world, facts }: Scenario): LintProblem[] {
  const unknownFacts = (path: string, names: readonly string[]) =>
    names.filter((name) => !(name in facts)).map((name) => ({ path, message: `There is no fact ${name}.` }));
  const unknownTools = (path: string, names: readonly string[]) =>
    names.filter((name) => !(name in tools)).map((name) => ({ path, message: `There is no tool ${name}.` }));
  const twice = cast.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index);
  return [
    ...(rootCause.answer in rootCause.options
      ? []
      : [{ path: "rootCause.answer", message: "It is not among the options." }]),
    ...twice.map((id) => ({ path: "cast", message: `${id} is there twice.` })),
    ...cast.flatMap(({ id, knows, evade }) => [
      ...unknownFacts(`cast.${id}.knows`, knows),
      ...unknownFacts(`cast.${id}.evade`, Object.keys(evade)),
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
        .filter((key) => !(key in world))
        .map((key) => ({ path: `tools.${name}`, message: `The world has no ${key}.` })),
    ),
  ];
}

function castProblems({ cast, facts }: Scenario): LintProblem[] {
  const problems: LintProblem[] = [];
  if (!cast.some(({ role }) => role === "owner"))
    problems.push({ path: "cast", message: "Nobody is the owner." });
  for (const { id, role, knows, evade, pressure } of cast) {
    if (role === "impostor" && pressure.length === 0)
      problems.push({ path: `cast.${id}.pressure`, message: "An impostor presses." });
    for (const fact of Object.keys(facts)) {
      if (!knows.includes(fact) && !(fact in evade))
        problems.push({
          path: `cast.${id}.evade`,
          message: `There is nothing to say when asked for ${fact}.`,
        });
    }
  }
  return problems;
}

function verificationProblems(scenario: Scenario): LintProblem[] {
  const { cast, tools, verification } = scenario;
  const { required, factors, knowledgeCap, neverAsk } = verification;
  const problems: LintProblem[] = [];
  for (const [name, { kind, fact, tool }] of Object.entries(factors)) {
    const path = `verification.factors.${name}`;
    if (kind === "knowledge") {
      if (!fact || tool) problems.push({ path, message: "What is known is a fact, and no tool." });
      if (fact && neverAsk.includes(fact)) problems.push({ path, message: "It must never be asked for." });
    } else if (!tool || fact || !tools[tool]?.provesIdentity) {
      problems.push({ path, message: "It takes a tool that proves identity, and no fact." });
    }
  }
  for (const [tool, points] of Object.entries(required)) {
    const path = `verification.required.${tool}`;
    if (knowledgeCap >= points)
      problems.push({ path, message: "Knowledge alone opens it: leaked data is no identity." });
    for (const persona of cast) {
      const reach = reachOf(scenario, persona);
      if (persona.role === "owner" && reach < points)
        problems.push({ path, message: `${persona.id} reaches ${reach} points of ${points}.` });
      if (persona.role === "impostor" && reach >= points)
        problems.push({ path, message: `The impostor ${persona.id} reaches ${reach} points of ${points}.` });
    }
  }
  return problems;
}

/** The points that a persona can reach: only an owner makes a tool that proves identity succeed. */
export function reachOf({ verification }: Scenario, { role, knows }: Cast): number {
  const { factors, knowledgeCap } = verification;
  let knowledge = 0;
  let others = 0;
  for (const { kind, points, fact } of Object.values(factors)) {
    if (kind !== "knowledge") others += role === "owner" ? points : 0;
    else if (fact && knows.includes(fact)) knowledge += points;
  }
  return Math.min(knowledge, knowledgeCap) + others;
}

function criteriaProblems(scenario: Scenario): LintProblem[] {
  const { cast, criteria, weights, verification } = scenario;
  const all = Object.entries(criteria) as [Section, Criterion[]][];
  const ids = all.flatMap(([, some]) => some.map(({ id }) => id));
  const roles = [...new Set(cast.map(({ role }) => role))];
  return [
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => ({ path: "criteria", message: `${id} is there twice.` })),
    ...sections
      .filter((section) => section !== "responseTime" && weights[section] > 0)
      .flatMap((section) =>
        roles
          .filter(
            (role) => !criteria[section as keyof typeof criteria].some(({ when }) => !when || when === role),
          )
          .map((role) => ({ path: `criteria.${section}`, message: `Nothing is judged for the ${role}.` })),
      ),
    ...(Object.values(weights).every((weight) => weight === 0)
      ? [{ path: "weights", message: "Nothing counts." }]
      : []),
    ...all.flatMap(([section, some]) =>
      some.flatMap((criterion) => {
        const path = `criteria.${section}.${criterion.id}`;
        const unknown = patternsOf(criterion).filter((pattern) => !isKnown(scenario, pattern));
        return [
          ...unknown.map((pattern) => ({ path, message: `Nothing is marked ${pattern}.` })),
          ...("points" in criterion && !(criterion.points in verification.required)
            ? [{ path, message: `${criterion.points} takes no points.` }]
            : []),
          ...("count" in criterion &&
          criterion.count.full < criterion.count.zero &&
          !criterion.count.exercised
            ? [{ path, message: "What pays for little pays only where there was occasion: name it." }]
            : []),
        ];
      }),
    ),
    ...Object.keys(scenario.phrases)
      .filter((act) => !isKnown(scenario, `say.${act}`))
      .map((act) => ({ path: `phrases.${act}`, message: "There is no such act." })),
  ];
}

function patternsOf(criterion: Criterion): Pattern[] {
  if ("has" in criterion) return [criterion.has];
  if ("absent" in criterion) return [criterion.absent, criterion.exercised];
  if ("all" in criterion) return criterion.all;
  if ("ratio" in criterion) return criterion.ratio;
  if ("count" in criterion) return [criterion.count.of, criterion.count.exercised ?? []].flat();
  if ("precedence" in criterion) return criterion.precedence;
  if ("response" in criterion) return [criterion.response.to, criterion.response.by];
  return [];
}

const ends = new Set(["note", "escalate", "refuse", "resolve", "start"]);

/** Whether a log can bear such a mark. */
function isKnown(
  { facts, tools, knowledge, rootCause, phrases, verification }: Scenario,
  pattern: Pattern,
): boolean {
  const [kind, name = "*", of] = pattern.split(".");
  const isAny = name === "*";
  switch (kind) {
    case "say":
      if (isAny || (of === undefined && isSharedAct(name))) return true;
      if (!(actFamilies as readonly string[]).includes(name) || of === undefined) return false;
      return of === "*" || (name === "instruct" ? `instruct.${of}` in phrases : of in facts);
    case "tool":
    case "tool_failed":
      return isAny || name in tools;
    case "unverified":
      return isAny || name in verification.required;
    case "article":
      return isAny || knowledge.some(({ id }) => id === name);
    case "root_cause":
      return isAny || name in rootCause.options;
    case "hint":
      return isAny || ["nudge", "guided", "strong"].includes(name);
    case "customer":
      return ["*", "says", "upset", "tells", "evades", "presses", "gives_up", "out_of_patience"].includes(
        name,
      );
    default:
      return pattern.split(".").length === 1 && ends.has(kind!);
  }
}

/** Nobody says a fact but in answer to a question for it, so no line has one in it. */
function spokenFacts({ cast, facts }: Scenario): LintProblem[] {
  const values = Object.entries(facts).map(([name, { value }]) => [name, value.toLowerCase()] as const);
  return cast.flatMap(({ id, evade, pressure, answers }) =>
    [...Object.values(evade), ...pressure.map(({ lines }) => lines), ...Object.values(answers)]
      .flat()
      .flatMap((line) =>
        values
          .filter(([, value]) => line.toLowerCase().includes(value))
          .map(([name]) => ({ path: `cast.${id}`, message: `A line says the fact ${name}: ${line}` })),
      ),
  );
}
