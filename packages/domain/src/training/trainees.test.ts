import { describe, expect, test } from "vitest";
import { bestEnd, finish } from "./coach/finish.ts";
import { grade } from "./grade.ts";
import { type Move, startSession } from "./move.ts";
import { shipped } from "./shipped.fixtures.ts";
import { logOf, movesOf, numbersOf, scriptsOf, unaskedFacts } from "./trainees.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
const RUNS = 500;
const outcomes: Move[] = [
  { kind: "resolve" },
  { kind: "refuse", reason: "no" },
  { kind: "escalate", reason: "somebody else has to" },
];

/** What a desk would mind, where the best way does without it; guarded tools are judged by themselves. */
const harmfulTools = [
  "report_incident",
  "delete_mailbox",
  "repair_disk",
  "share_by_link",
  "switch_off_codes",
  "raise_lockout_limit",
  "disable_account",
  "copy_rights",
  "forward_message",
  "delete_jobs",
  "send_technician",
  "empty_folders",
  "set_up_anew",
  "grant_admin",
  "run_download",
  "raise_timeout",
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

  test("who never mends anything passes with no owner, by whatever script and end, and by one of them with an impostor", () => {
    const scores = scriptsOf(scenario).flatMap(({ name, moves }) =>
      outcomes.map((end) => {
        const log = logOf(
          scenario,
          castId,
          [...moves, end].map((move) => [move, 10] as const),
        );
        return { name, end: end.kind, isPassed: grade(scenario, castId, log).isPassed };
      }),
    );
    // Who refuses an impostor by the same script is right to.
    expect(scores.some(({ isPassed }) => isPassed)).toBe(isImpostor);
  });

  test("to report an owner as an impostor, or to do besides what harms, costs points", () => {
    const start = startSession("2026-01-12T08:00:00.000Z");
    const setting = { scenario, castId, seed: "trainee" };
    const { moves, overall } = finish(setting, start);
    const used = moves.flatMap((move) => (move.kind === "use_tool" ? [move.tool] : []));
    const costs = harmfulTools
      .filter((tool) => Object.hasOwn(scenario.tools, tool) && !used.includes(tool))
      .filter((tool) => !Object.hasOwn(verification.required, tool))
      .map((tool) => [
        tool,
        bestEnd(setting, start, [...moves.slice(0, -1), { kind: "use_tool", tool }]).overall,
      ]);
    expect(costs.filter(([, left]) => Number(left) > overall - 200)).toEqual([]);
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
