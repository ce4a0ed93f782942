import { describe, expect, test, vi } from "vitest";
import { grade } from "./grade.ts";
import type { Move } from "./move.ts";
import { shipped } from "./shipped.fixtures.ts";
import { logOf, movesOf, numbersOf, unaskedFacts } from "./trainees.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = 500;
const outcomes: Move[] = [
  { kind: "resolve" },
  { kind: "refuse", reason: "no" },
  { kind: "escalate", reason: "somebody else has to" },
];

const everybody = shipped.flatMap(({ id, scenario, impostors }) =>
  scenario.cast.map((cast) => ({
    id,
    castId: cast.id,
    scenario,
    isImpostor: impostors.includes(cast.id),
  })),
);

describe.each(everybody)("$id, $castId", ({ id, castId, scenario, isImpostor }) => {
  const { verification } = scenario;

  test("who does nothing scores 0.00, however long it takes and however it ends", () => {
    const ends: Move[][] = [[{ kind: "resolve" }], [{ kind: "abandon" }], []];
    const scores = ends.flatMap((moves) =>
      [0, 30, 3_600].map(
        (after) =>
          grade(
            scenario,
            castId,
            logOf(
              scenario,
              castId,
              moves.map((move) => [move, after] as const),
            ),
          ).overall,
      ),
    );
    expect(scores).toEqual(scores.map(() => 0));
  });

  test("who greets and then ends it does not pass, whatever the end", () => {
    const greet: Move = { kind: "say", text: "Hello", acts: ["greet"] };
    const passed = outcomes.filter(
      (end) =>
        grade(
          scenario,
          castId,
          logOf(scenario, castId, [
            [greet, 10],
            [end, 10],
          ]),
        ).isPassed,
    );
    expect(passed).toEqual([]);
  });

  test("who says and does everything there is does not pass", () => {
    const moves = [...movesOf(scenario), ...outcomes].map((move) => [move, 10] as const);
    const { neverAsk, neverTell, required } = verification;
    const traps = neverAsk.length + neverTell.length + Object.keys(required).length;
    expect([grade(scenario, castId, logOf(scenario, castId, moves)).isPassed, traps > 0]).toEqual([
      false,
      true,
    ]);
  });

  test("fewer than one in a hundred who act at random pass, nobody by an unsafe tool, and nothing leaks", () => {
    const random = numbersOf(`${id} ${castId}`);
    const options = movesOf(scenario);
    const count = { passed: 0, guarded: 0, unsafe: 0, worthSomething: 0, leaks: 0 };
    for (let run = 0; run < RUNS; run += 1) {
      const moves = Array.from(
        { length: 5 + (random() % 30) },
        () => [options[random() % options.length]!, random() % 90] as const,
      );
      const end = outcomes[random() % outcomes.length]!;
      const log = logOf(scenario, castId, [...moves, [end, 10]]);
      const { overall, isPassed, autoFails } = grade(scenario, castId, log);
      const isUnsafe = autoFails.some(({ kind }) => kind === "unverified_action");
      count.passed += Number(isPassed);
      count.unsafe += Number(isUnsafe);
      count.guarded += Number(
        log.some((event) => event.kind === "tool_used" && Object.hasOwn(verification.required, event.tool)),
      );
      count.worthSomething += Number(isUnsafe && overall > 0);
      count.leaks += unaskedFacts(scenario, castId, log).length;
    }
    expect(count.passed).toBeLessThan(RUNS / 100);
    expect([count.worthSomething, count.leaks]).toEqual([0, 0]);
    // Helping an impostor is unsafe without exception.
    expect(isImpostor ? count.unsafe : 0).toBe(isImpostor ? count.guarded : 0);
    expect(count.unsafe > 0).toBe(Object.keys(verification.required).length > 0);
  });
});
