import type { Scenario } from "../scenario.ts";
import type { LintProblem } from "./problem.ts";

/** Shorter values are found in other words. */
const SHORTEST = 3;

/** Nobody says a fact but in answer to a question for it, so no other line has one in it, nor has the ticket. */
export function speechProblems({ cast, facts, ticket }: Scenario): LintProblem[] {
  const values = Object.entries(facts).map(([name, { value }]) => [name, value.toLowerCase()] as const);
  const saidIn = (line: string) => values.filter(([, value]) => line.toLowerCase().includes(value));
  return [
    ...values.flatMap(([name, value]) => [
      ...(value.length < SHORTEST
        ? [{ path: `facts.${name}`, message: "It is too short to be told from other words." }]
        : []),
      ...values
        .filter(([other, inner]) => other !== name && value.includes(inner))
        .map(([other]) => ({
          path: `facts.${name}`,
          message: `Who says it also says ${other}: one has the other in it.`,
        })),
    ]),
    ...[ticket.subject, ticket.body].flatMap((text) =>
      saidIn(text).map(([name]) => ({
        path: "ticket",
        message: `It says the fact ${name}, which is there to be asked for.`,
      })),
    ),
    ...cast.flatMap(({ id, says, evade, pressure, answers }) =>
      [
        ...Object.values(says),
        ...Object.values(evade),
        ...pressure.map(({ lines }) => lines),
        ...Object.values(answers),
      ]
        .flat()
        .flatMap((line) =>
          saidIn(line).map(([name]) => ({
            path: `cast.${id}`,
            message: `A line says the fact ${name}: ${line}`,
          })),
        ),
    ),
  ];
}
