import { type Cast, occasions, type Scenario } from "../scenario.ts";
import { isKnownAct } from "./known.ts";
import type { LintProblem } from "./problem.ts";

/** Everybody of the cast has something to say to whatever may come, and nothing that nobody will hear. */
export function castProblems(scenario: Scenario): LintProblem[] {
  const { cast } = scenario;
  return [
    ...ownerProblems(cast),
    ...cast.flatMap((persona) =>
      [
        ...pressureProblems(persona),
        ...factProblems(scenario, persona),
        ...answerProblems(scenario, persona),
      ].map(({ path, message }) => ({ path: `cast.${persona.id}.${path}`, message })),
    ),
  ];
}

function ownerProblems(cast: readonly Cast[]): LintProblem[] {
  const owners = cast.filter(({ role }) => role === "owner");
  if (owners.length === 0) return [{ path: "cast", message: "Nobody is the owner." }];
  return owners.length === cast.length || owners.some(({ pressure }) => pressure.length > 0)
    ? []
    : [
        {
          path: "cast",
          message: "Only the impostor presses, and is known by it: let an owner press too.",
        },
      ];
}

function pressureProblems({ role, pressure, givesUpAfter }: Cast): LintProblem[] {
  if (role === "owner") return [];
  if (pressure.length === 0) return [{ path: "pressure", message: "An impostor presses." }];
  // At the last refusal they give up and press no more.
  return pressure.length < givesUpAfter
    ? []
    : [
        {
          path: "givesUpAfter",
          message: `Only ${givesUpAfter - 1} of ${pressure.length} steps are heard before they give up.`,
        },
      ];
}

function factProblems({ facts, verification }: Scenario, { knows, evade, says }: Cast): LintProblem[] {
  const tells = (fact: string) => knows.includes(fact) && !(fact in evade);
  return [
    ...Object.keys(facts)
      .filter((fact) => !knows.includes(fact) && !(fact in evade))
      .map((fact) => ({ path: "evade", message: `There is nothing to say when asked for ${fact}.` })),
    ...verification.neverAsk
      .filter(tells)
      .map((fact) => ({ path: "evade", message: `A secret stays one: ${fact} is evaded when asked for.` })),
    ...Object.entries(says).flatMap(([fact, lines]) => [
      ...(tells(fact) ? [] : [{ path: `says.${fact}`, message: "They never say it." }]),
      ...lines
        .filter((line) => line.split("{value}").length !== 2)
        .map((line) => ({ path: `says.${fact}`, message: `{value} is in it once: ${line}` })),
    ]),
  ];
}

function answerProblems(scenario: Scenario, { answers }: Cast): LintProblem[] {
  return Object.keys(answers).flatMap((act) => {
    const path = `answers.${act}`;
    if (act.startsWith("ask.")) return [{ path, message: "A question is answered by says or evade." }];
    return isKnownAct(scenario, act) || (occasions as readonly string[]).includes(act)
      ? []
      : [{ path, message: "There is no such act." }];
  });
}
