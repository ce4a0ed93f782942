import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import type { Criterion } from "./criterion.ts";
import { deedsOf } from "./fuzz/scores.ts";
import { grade, gradeOf, type Grade } from "./grade.ts";
import {
  acts,
  castIdArb,
  criterionArb,
  factNames,
  happenedArb,
  logArb,
  logOf,
  scenarioArb,
} from "./laws.fixtures.ts";
import type { Scenario } from "./scenario.ts";
import { capped, rawOverall, sections, type SectionScores } from "./score.ts";
import { isEnded, type SessionEvent, sessionEventSchema } from "./session-log.ts";

/** Holds for thousands of random scenarios with random criteria, and random logs of them. */
const holds = <T extends unknown[]>(
  arbitraries: { [At in keyof T]: fc.Arbitrary<T[At]> },
  law: (...values: T) => void,
): void =>
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])), (values) => {
      law(...(values as T));
    }),
    { numRuns: 2_000, seed: 20_260_112 },
  );
const scores = ({ sections: scored, raw, overall, isPassed }: Grade) => ({ scored, raw, overall, isPassed });
const withCriteria = (
  scenario: Scenario,
  change: (all: Scenario["criteria"]) => Scenario["criteria"],
): Scenario => ({
  ...scenario,
  criteria: change(scenario.criteria),
});
const eachSection = <T>(
  criteria: Scenario["criteria"],
  change: (some: Scenario["criteria"]["verification"]) => T,
) =>
  Object.fromEntries(Object.entries(criteria).map(([name, some]) => [name, change(some)])) as Record<
    keyof Scenario["criteria"],
    T
  >;

test("the random logs are logs, and have everything that is graded", () => {
  const kinds = new Set<string>();
  const overalls = new Set<number>();
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    for (const event of log) kinds.add(sessionEventSchema.parse(event).kind);
    overalls.add(grade(scenario, castId, log).overall);
  });
  expect(kinds.size).toBe(12);
  expect(overalls.size).toBeGreaterThan(500);
});

test("bounded: every score is whole hundredths from 0 to 100.00", () => {
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const { sections: scored, raw, overall, criteria } = grade(scenario, castId, log);
    for (const score of [...Object.values(scored), raw, overall]) {
      if (score === null) continue;
      expect(Number.isInteger(score) && score >= 0 && score <= 10_000).toBe(true);
    }
    for (const { millionths } of criteria)
      expect(millionths === null || (millionths >= 0 && millionths <= 1_000_000)).toBe(true);
  });
});

test("monotone: more of any credit is never less of any score", () => {
  let more = 0;
  holds(
    [scenarioArb, castIdArb, logArb, fc.nat(), fc.nat(1_000_000)],
    (scenario, castId, log, at, credit) => {
      const { criteria, autoFails, overall, raw } = grade(scenario, castId, log);
      const one = criteria[at % criteria.length]!;
      const better = {
        ...one,
        millionths: one.millionths === null ? null : Math.max(one.millionths, credit),
      };
      const after = gradeOf(scenario, criteria.with(at % criteria.length, better), autoFails);
      expect(after.raw).toBeGreaterThanOrEqual(raw);
      expect(after.overall).toBeGreaterThanOrEqual(overall);
      if (after.overall > overall) more += 1;
    },
  );
  expect(more).toBeGreaterThan(200);
});

test("all full is 100.00, all zero is 0.00, whatever the scenario", () => {
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const { criteria } = grade(scenario, castId, log);
    const all = (credit: number) =>
      criteria.map((one) => ({ ...one, millionths: one.millionths === null ? null : credit }));
    const counts = criteria.some(
      ({ section, millionths }) => millionths !== null && scenario.weights[section] > 0,
    );
    expect(gradeOf(scenario, all(1_000_000), []).overall).toBe(counts ? 10_000 : 0);
    expect(gradeOf(scenario, all(0), []).overall).toBe(0);
  });
});

test("independent of criterion order", () => {
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const turned = withCriteria(scenario, (all) => eachSection(all, (some) => some.toReversed()));
    expect(scores(grade(turned, castId, log))).toEqual(scores(grade(scenario, castId, log)));
  });
});

test("unchanged when the weights of criteria, or of sections, scale", () => {
  holds([scenarioArb, castIdArb, logArb, fc.integer({ min: 2, max: 9 })], (scenario, castId, log, by) => {
    const heavier = withCriteria(scenario, (all) =>
      eachSection(all, (some) => some.map((one) => ({ ...one, weight: one.weight * by }))),
    );
    const weights = Object.fromEntries(
      sections.map((section) => [section, scenario.weights[section] * by]),
    ) as Scenario["weights"];
    expect(scores(grade({ ...heavier, weights }, castId, log))).toEqual(scores(grade(scenario, castId, log)));
  });
});

test("neutral where it does not apply: a criterion for somebody else, or with no occasion, changes nothing", () => {
  const at = fc.constantFrom("verification", "communication", "technical", "documentation");
  holds([scenarioArb, castIdArb, logArb, criterionArb, at], (scenario, castId, log, criterion, section) => {
    const elsewhere = { ...criterion, when: castId === "owner" ? "impostor" : "owner" } as const;
    const { response: _, ...bare } = { response: null, id: "idle", text: "Idle", weight: criterion.weight };
    const idle = { ...bare, response: { to: "customer.never", by: "note" } };
    const more = withCriteria(scenario, (all) => ({
      ...all,
      [section]: [...all[section as keyof typeof all], elsewhere, idle],
    }));
    expect(scores(grade(more, castId, log))).toEqual(scores(grade(scenario, castId, log)));
  });
});

test("never above the cap of an auto-fail that fired, and one more never raises", () => {
  let more = 0;
  holds([scenarioArb, castIdArb, logArb, fc.constantFrom(...factNames)], (scenario, castId, log, fact) => {
    const before = grade(scenario, castId, log);
    for (const { cap } of before.autoFails) expect(before.overall).toBeLessThanOrEqual(cap);
    const { verification } = scenario;
    const stricter = {
      ...scenario,
      verification: {
        ...verification,
        neverAsk: [...verification.neverAsk, fact],
        neverTell: [...verification.neverTell, fact],
      },
    };
    const after = grade(stricter, castId, log);
    expect(after.overall).toBeLessThanOrEqual(before.overall);
    if (after.autoFails.length > before.autoFails.length && before.overall > 0) more += 1;
  });
  expect(more).toBeGreaterThan(50);
});

test("re-derivable: the overall follows from the stored sections, the weights and the caps", () => {
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const { sections: scored, raw, overall, autoFails } = grade(scenario, castId, log);
    const stored = JSON.parse(JSON.stringify(scored)) as SectionScores;
    expect(rawOverall(stored, scenario.weights)).toBe(raw);
    expect(
      capped(
        raw,
        autoFails.map(({ cap }) => cap),
      ),
    ).toBe(overall);
  });
});

test("slower is never better, wherever the time was lost", () => {
  let worse = 0;
  holds([scenarioArb, castIdArb, happenedArb, fc.nat(), fc.nat(900)], (scenario, castId, all, at, more) => {
    fc.pre(all.length > 0);
    const [after, event] = all[at % all.length]!;
    const slower = all.with(at % all.length, [after + more, event]);
    const before = grade(scenario, castId, logOf(all));
    const then = grade(scenario, castId, logOf(slower));
    expect(then.overall).toBeLessThanOrEqual(before.overall);
    expect(then.sections.responseTime).toBeLessThanOrEqual(before.sections.responseTime!);
    if (then.sections.responseTime! < before.sections.responseTime!) worse += 1;
  });
  expect(worse).toBeGreaterThan(200);
});

test("a round trip through JSON changes nothing", () => {
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const again = <T>(value: T) => JSON.parse(canonicalJson(value)) as T;
    expect(canonicalJson(grade(again(scenario), castId, again(log)))).toBe(
      canonicalJson(grade(scenario, castId, log)),
    );
  });
});

test("events after the end change nothing", () => {
  holds([scenarioArb, castIdArb, logArb, happenedArb], (scenario, castId, log, late) => {
    fc.pre(isEnded(log));
    const added = logOf(late).map((event, at) => ({ ...event, sequence: log.length + at + 1 }));
    expect(grade(scenario, castId, [...log, ...added])).toEqual(grade(scenario, castId, log));
  });
});

test("a correction after the end makes the score that the corrected message would have made", () => {
  let changed = 0;
  holds(
    [scenarioArb, castIdArb, logArb, fc.nat(), fc.array(fc.constantFrom(...acts), { maxLength: 3 })],
    (scenario, castId, log, at, right) => {
      const said = log.filter(({ kind }) => kind === "trainee_said");
      fc.pre(said.length > 0);
      const { sequence } = said[at % said.length]!;
      const correction: SessionEvent = {
        kind: "act_corrected",
        sequence: log.length + 1,
        at: log.at(-1)!.at,
        of: sequence,
        acts: right,
      };
      const meant = log.map((event) => (event.sequence === sequence ? { ...event, acts: right } : event));
      const after = grade(scenario, castId, [...log, correction]);
      expect(after).toEqual(grade(scenario, castId, meant as SessionEvent[]));
      if (after.overall !== grade(scenario, castId, log).overall) changed += 1;
    },
  );
  expect(changed).toBeGreaterThan(50);
});

const quiet = ["article_opened", "hint_taken", "note_written", "root_cause_picked"];
test("swapping events that do not depend on each other changes nothing", () => {
  let swapped = 0;
  holds([scenarioArb, castIdArb, happenedArb], (drawn, castId, all) => {
    // Criteria that ask for an order look at other things here.
    const isQuiet = (mark: string) => /^(article|hint|note|root_cause)/.test(mark);
    const orderOf = (one: Criterion) =>
      "precedence" in one ? one.precedence : "follows" in one ? one.follows : [];
    const scenario = withCriteria(drawn, (criteria) =>
      eachSection(criteria, (some) => some.filter((one) => !orderOf(one).some(isQuiet))),
    );
    const log = logOf(all);
    for (let at = 1; at + 1 < log.length; at += 1) {
      const [one, other] = [log[at]!, log[at + 1]!];
      const isBothPick = one.kind === "root_cause_picked" && other.kind === "root_cause_picked";
      if (!quiet.includes(one.kind) || !quiet.includes(other.kind) || isBothPick) continue;
      const turned = log
        .with(at, { ...other, sequence: one.sequence, at: one.at })
        .with(at + 1, { ...one, sequence: other.sequence, at: other.at });
      expect(scores(grade(scenario, castId, turned))).toEqual(scores(grade(scenario, castId, log)));
      swapped += 1;
    }
  });
  expect(swapped).toBeGreaterThan(300);
});

test("every session with an unsafe guarded call scores 0.00, and no impostor is helped to a pass", () => {
  const seen = { safe: 0, unsafe: 0 };
  holds([scenarioArb, castIdArb, logArb], (scenario, castId, log) => {
    const session = { setting: { scenario, castId, seed: "" }, log, grade: grade(scenario, castId, log) };
    const deeds = deedsOf(session);
    const isUnsafe = deeds.unverified_action > 0;
    expect(session.grade.autoFails.some(({ kind }) => kind === "unverified_action")).toBe(isUnsafe);
    const isNothing = session.grade.overall === 0 && !session.grade.isPassed;
    expect(isNothing || !(isUnsafe || deeds.helpedImpostor > 0)).toBe(true);
    if (!isNothing) seen.safe += 1;
    if (isUnsafe) seen.unsafe += 1;
  });
  expect(Math.min(seen.safe, seen.unsafe)).toBeGreaterThan(300);
});
