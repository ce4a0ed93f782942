import { describe, expect, test } from "vitest";
import { grade } from "../grade.ts";
import { playMove } from "../move.ts";
import type { EventOf, SessionEvent } from "../session-log.ts";
import { shipped as stages } from "../shipped.fixtures.ts";
import type { FaultKind } from "./fault.ts";
import { fuzz } from "./fuzz.ts";
import type { Engine } from "./session.ts";

const shipped: Engine = { play: playMove, grade };

test("in 1,000 random sessions over all scenarios nothing leaks, contradicts, pays for what is unsafe or replays otherwise", () => {
  const { faults, examples, ...had } = fuzz(stages, { sessions: 1_000, seed: 1 });
  expect(examples).toEqual([]);
  expect(faults).toEqual({ leak: 0, contradiction: 0, unsafe_score: 0, bounds: 0, replay: 0 });
  const { passed: _, ...much } = had;
  for (const [what, times] of Object.entries(much)) expect([what, times > 50]).toEqual([what, true]);
});

test("the same seed makes the same sessions, and another one others", () => {
  const run = (seed: number) => fuzz(stages, { sessions: 40, seed });
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});

type Play = Engine["play"];
type Said = EventOf<"customer_said">;

/** The engine with a customer who says something else. */
const saying =
  (change: (said: Said, ...args: Parameters<Play>) => Partial<Said>): Play =>
  (...args) => {
    const moved = playMove(...args);
    if ("problem" in moved) return moved;
    const events = moved.events.map((event): SessionEvent =>
      event.kind === "customer_said" ? { ...event, ...change(event, ...args) } : event,
    );
    return { events };
  };

const factOf = ({ scenario }: Parameters<Play>[0], at: number) => {
  const facts = Object.entries(scenario.facts);
  return facts[at % facts.length]!;
};

/** Broken engines, and the fault that each must be found by. */
const mutants: [what: string, fault: FaultKind, Partial<Engine>][] = [
  [
    "a persona that says a fact that was not asked for",
    "leak",
    {
      play: saying((said, setting) => ({ text: `${said.text} ${factOf(setting, said.sequence)[1].value}` })),
    },
  ],
  [
    "a persona that owns up to it in the log",
    "leak",
    { play: saying((said, setting) => ({ tells: [...said.tells, factOf(setting, said.sequence)[0]] })) },
  ],
  [
    "a persona that lets the digits of a fact slip",
    "leak",
    {
      play: saying((said, setting) => {
        const digits = Object.values(setting.scenario.facts).flatMap(
          ({ value }) => value.match(/\d{3,}/g) ?? [],
        );
        return { text: `${said.text} It ends in ${digits.at(-1) ?? ""}.` };
      }),
    },
  ],
  [
    "a persona that lets a name in a fact slip",
    "leak",
    {
      play: saying((said, { scenario }) => {
        const names = Object.values(scenario.facts).flatMap(
          ({ value }) => value.match(/(?<=\s)\p{Lu}\p{L}{3,}/gu) ?? [],
        );
        return { text: `${said.text} Ask ${names[said.sequence % names.length] ?? ""}.` };
      }),
    },
  ],
  [
    "a persona that evades what it said before",
    "contradiction",
    {
      play: saying((said, _, log) =>
        log.some((event) => event.kind === "customer_said" && event.tells.length > 0)
          ? { text: "I do not know.", tells: [], evades: [...said.tells, ...said.evades] }
          : {},
      ),
    },
  ],
  [
    "a persona that marks a fact as said and does not say it",
    "contradiction",
    { play: saying((said) => (said.tells.length > 0 ? { text: "Sure." } : {})) },
  ],
  ["a customer who never leaves", "contradiction", { play: saying(() => ({ leaves: null })) }],
  [
    "an impostor who never presses",
    "contradiction",
    { play: saying((said) => (said.tactic ? { tactic: null } : {})) },
  ],
  [
    "an owner who presses on without end",
    "contradiction",
    {
      play: saying((_, setting) => {
        const { role, pressure } = setting.scenario.cast.find(({ id }) => id === setting.castId)!;
        return role === "owner" && pressure.length > 0 ? { tactic: pressure.at(-1)!.tactic } : {};
      }),
    },
  ],
  [
    "an impostor who answers the number on file",
    "contradiction",
    {
      play: (...args) => {
        const moved = playMove(...args);
        if ("problem" in moved) return moved;
        return {
          events: moved.events.map((one) => (one.kind === "tool_used" ? { ...one, isDone: true } : one)),
        };
      },
    },
  ],
  [
    "a grader that lets unsafe actions pass",
    "unsafe_score",
    {
      grade: (...args) => {
        const graded = grade(...args);
        return { ...graded, overall: graded.raw, autoFails: [] };
      },
    },
  ],
  [
    "a grader that counts points beyond the full",
    "bounds",
    {
      grade: (...args) => {
        const graded = grade(...args);
        return { ...graded, raw: graded.raw + 10_001 };
      },
    },
  ],
  [
    "a log that counts by tens",
    "bounds",
    {
      play: (...args) => {
        const moved = playMove(...args);
        if ("problem" in moved) return moved;
        return { events: moved.events.map((event) => ({ ...event, sequence: event.sequence + 9 })) };
      },
    },
  ],
  ["a persona that draws its mood anew each time", "replay", { play: saying(restless()) }],
];

function restless() {
  let times = 0;
  return () => ({ mood: (times += 1) % 50 });
}

describe("is found out", () => {
  test.each(mutants)("%s", (_, fault, change) => {
    const sessions = { sessions: 80, seed: 3 };
    expect(fuzz(stages, sessions, shipped).faults[fault]).toBe(0);
    expect(fuzz(stages, sessions, { ...shipped, ...change }).faults[fault]).toBeGreaterThan(0);
  });
});
