import type { Cast, Scenario } from "../scenario.ts";
import { everydayWords } from "../voice/everyday-words.ts";
import type { LintProblem } from "./problem.ts";

/** Shorter values, and shorter parts of them, are found in other words. */
const SHORTEST = 3;

interface Known {
  name: string;
  value: string;
  /** What of it gives it away by itself, and is not in the ticket. */
  parts: readonly string[];
}

/** Nobody says a fact, or a part that gives it away, but in answer to a question for it; nor does the ticket. */
export function speechProblems({ cast, facts, ticket }: Scenario): LintProblem[] {
  const open = new Set(wordsOf(`${ticket.from} ${ticket.subject} ${ticket.body}`.toLowerCase()));
  const all = Object.entries(facts).map(([name, { value }]): Known => {
    const parts = tellingParts(value).filter((part) => !open.has(part.toLowerCase()));
    return { name, value: value.toLowerCase(), parts };
  });
  return [
    ...all.flatMap((known) => valueProblems(known, all)),
    ...[ticket.subject, ticket.body].flatMap((text) =>
      all
        .filter(({ value }) => text.toLowerCase().includes(value))
        .map(({ name }) => ({
          path: "ticket",
          message: `It says the fact ${name}, which is there to be asked for.`,
        })),
    ),
    ...cast.flatMap((persona) => [...lineProblems(persona, all), ...keptProblems(persona, all)]),
  ];
}

function valueProblems({ name, value }: Known, all: readonly Known[]): LintProblem[] {
  const path = `facts.${name}`;
  return [
    ...(value.length < SHORTEST ? [{ path, message: "It is too short to be told from other words." }] : []),
    ...all
      .filter((other) => other.name !== name && value.includes(other.value))
      .map((other) => ({ path, message: `Who says it also says ${other.name}: one has the other in it.` })),
  ];
}

function lineProblems({ id, says, evade, pressure, answers }: Cast, all: readonly Known[]): LintProblem[] {
  const asked = Object.entries(says).flatMap(([fact, lines]) => lines.map((line) => [fact, line] as const));
  const others = [Object.values(evade), pressure.map(({ lines }) => lines), Object.values(answers)].flat(2);
  return [...asked, ...others.map((line) => [null, line] as const)].flatMap(([fact, line]) => {
    const words = new Set(wordsOf(line));
    return all.flatMap(({ name, value, parts }) => {
      const path = `cast.${id}`;
      if (line.toLowerCase().includes(value))
        return [{ path, message: `A line says the fact ${name}: ${line}` }];
      const part = name === fact ? undefined : parts.find((one) => words.has(one));
      return part ? [{ path, message: `A line says “${part}” of the fact ${name}: ${line}` }] : [];
    });
  });
}

/** What somebody says when asked for one fact has no part of another that they do not know or have to keep. */
function keptProblems({ id, knows, evade }: Cast, all: readonly Known[]): LintProblem[] {
  const isTold = ({ name }: Known) => knows.includes(name) && !Object.hasOwn(evade, name);
  const kept = all.filter((one) => !isTold(one));
  return all.filter(isTold).flatMap(({ name, parts }) =>
    kept.flatMap((other) => {
      const part = other.parts.find((one) => parts.includes(one));
      return part
        ? [{ path: `cast.${id}.knows`, message: `${name} says “${part}” of ${other.name}, which they keep.` }]
        : [];
    }),
  );
}

const wordsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}@._+-]+/gu) ?? []).map((word) => word.replace(/^[._+-]+|[._+-]+$/gu, ""));

/** Names, dates, numbers and addresses. */
const tellingParts = (value: string): string[] =>
  wordsOf(value).filter(
    (word) =>
      word.length >= SHORTEST && /^\p{Lu}|[\p{N}@]/u.test(word) && !everydayWords.has(word.toLowerCase()),
  );
