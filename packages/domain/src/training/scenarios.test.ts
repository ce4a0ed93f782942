import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { grade } from "./grade.ts";
import { lintPrerequisites, lintScenario } from "./lint.ts";
import { proveScenario } from "./prove.ts";
import { surprises } from "./run.ts";
import { scenarioSchema } from "./scenario.ts";
import { shipped } from "./shipped.fixtures.ts";
import { unaskedFacts } from "./trainees.fixtures.ts";

// Upper bound for a loaded machine, not an expectation.
const scenarios = shipped.map(({ scenario }) => scenario);

test("prerequisites are among the scenarios and lead nowhere in a circle", () => {
  expect(lintPrerequisites(scenarios)).toEqual([]);
  expect(scenarios.some(({ prerequisites }) => prerequisites.length > 0)).toBe(true);
});

test("there are scenarios of every difficulty, and at least four with an impostor", () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(11);
  expect(new Set(scenarios.map(({ difficulty }) => difficulty)).size).toBe(4);
  expect(shipped.filter(({ impostors }) => impostors.length > 0).length).toBeGreaterThanOrEqual(4);
});

describe.each(shipped)("$id", ({ id, data, scenario, owners, impostors, runs, runsOf, hear, rehearse }) => {
  test("is right by schema and lint, and its files are named like it", () => {
    expect(lintScenario(scenario)).toEqual([]);
    expect([scenario.id, runsOf]).toEqual([id, id]);
  });

  test("is the same text from YAML and from JSON", () => {
    const fromJson = scenarioSchema.parse(JSON.parse(JSON.stringify(data)));
    expect(canonicalJson(fromJson) === canonicalJson(scenario)).toBe(true);
  });

  test("what its author says is nowhere taken for asking a secret or for a leak", () => {
    const { neverAsk, neverTell } = scenario.verification;
    const violations = [...neverAsk.map((fact) => `ask.${fact}`), ...neverTell.map((fact) => `tell.${fact}`)];
    const said = Object.entries(scenario.phrases).flatMap(([act, lines]) =>
      lines.map((line) => ({ act, line, acts: hear(line) })),
    );
    const unfair = said.filter(({ act, acts }) =>
      acts.some((one) => one !== act && violations.includes(one)),
    );
    expect(unfair).toEqual([]);
  });

  test("scores its rehearsed runs to the hundredth, said as text, and tells nothing unasked in them", () => {
    const played = runs.map((run) => {
      const log = rehearse(run, run.cast);
      if ("problem" in log) return { run: run.name, wrong: [log.problem], unasked: [] };
      return {
        run: run.name,
        wrong: surprises(run, grade(scenario, run.cast, log.log)),
        unasked: unaskedFacts(scenario, run.cast, log.log),
      };
    });
    expect(played).toEqual(runs.map((run) => ({ run: run.name, wrong: [], unasked: [] })));
  });

  test("has a rehearsed run of 100.00 for each of its cast, and one that does not pass", () => {
    const perfect = runs.filter(({ expect: expected }) => expected.overall === 100).map(({ cast }) => cast);
    expect([...new Set(perfect)].toSorted()).toEqual([...owners, ...impostors].toSorted());
    expect(runs.some(({ expect: expected }) => (expected.overall ?? 100) < scenario.passMark)).toBe(true);
  });

  test("is won to the full by a planner for each of its cast, and by no guarded tool for an impostor", () => {
    const proofs = proveScenario(scenario).map(({ castId, best, shortestPass, bestWithGuardedTool }) => ({
      castId,
      best: best.overall,
      isPassed: shortestPass?.isPassed,
      guarded: impostors.includes(castId) ? (bestWithGuardedTool?.overall ?? 0) : 0,
    }));
    expect(proofs).toEqual(
      scenario.cast.map((cast) => ({ castId: cast.id, best: 10_000, isPassed: true, guarded: 0 })),
    );
  });

  test("is passed by no script for all: what is right for one of the cast is wrong for the other", () => {
    const scores = runs
      .filter(({ expect: expected }) => expected.overall === 100)
      .flatMap((run) => {
        const isForOwner = owners.includes(run.cast);
        return (isForOwner ? impostors : owners).flatMap((other) => {
          const played = rehearse(run, other);
          // A customer who has left hears no more of the script.
          if ("problem" in played) return [];
          const { overall, isPassed } = grade(scenario, other, played.log);
          return [{ run: run.name, other, isPassed, isWorthless: !isForOwner || overall === 0 }];
        });
      });
    expect(scores).toEqual(scores.map((score) => ({ ...score, isPassed: false, isWorthless: true })));
  });
});
