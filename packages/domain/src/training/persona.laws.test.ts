import fc from "fast-check";
import { expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { Draw } from "../proof/draw.ts";
import { answerTo } from "./answer.ts";
import { canonicalJson } from "./canonical-json.ts";
import { contradictionsOf } from "./fuzz/contradictions.ts";
import { leaksOf } from "./fuzz/leaks.ts";
import { scoreFaultsOf } from "./fuzz/scores.ts";
import { type Engine, randomSession, replay, type Session } from "./fuzz/session.ts";
import { Trainee } from "./fuzz/trainee.ts";
import { grade } from "./grade.ts";
import { acts, castIdArb, factNames, scenarioArb } from "./laws.fixtures.ts";
import { playMove } from "./move.ts";
import { personaState } from "./persona.ts";
import { isEnded, type SessionEvent, sessionEventSchema } from "./session-log.ts";

const engine: Engine = { play: playMove, grade };
const words = { phrases: ["ask.badge", "ask.secret", "refuse", "confirm_fixed"], keyWords: [...factNames] };

/** Any session of any scenario: fair ones, and such as no lint would let pass. */
const sessionArb: fc.Arbitrary<Session> = fc
  .tuple(scenarioArb, castIdArb, fc.nat(), fc.string())
  .map(([scenario, castId, drawn, seed]) => {
    const draw = new Draw(drawn);
    const hear = (text: string) => acts.filter((act) => text.includes(act));
    const trainee = new Trainee(draw, scenario, words, hear);
    return randomSession(engine, { scenario, castId, seed }, trainee, draw);
  });

const sessions = fc.sample(sessionArb, { numRuns: 2_000, seed: 20_260_112 });
const holds = (law: (session: Session) => void) => {
  for (const session of sessions) law(session);
};

test("no fact is said that is not known, was not asked for or must be kept", () => {
  let told = 0;
  holds((session) => {
    expect(leaksOf(session)).toEqual([]);
    told += session.log.filter((event) => event.kind === "customer_said" && event.tells.length > 0).length;
  });
  expect(told).toBeGreaterThan(500);
});

test("nothing that is said or done goes against what was before", () => {
  let left = 0;
  holds((session) => {
    expect(contradictionsOf(session)).toEqual([]);
    left += session.log.filter(
      (event) => event.kind === "customer_said" && event.leaves === "gives_up",
    ).length;
  });
  expect(left).toBeGreaterThan(50);
});

test("no score pays for what was unsafe", () => {
  let unsafe = 0;
  holds((session) => {
    expect(scoreFaultsOf(session)).toEqual([]);
    unsafe += session.grade.autoFails.length;
  });
  expect(unsafe).toBeGreaterThan(100);
});

test("the moves of a log make the same log again, to the byte", () => {
  holds(({ setting, log }) => {
    const stored = JSON.parse(canonicalJson(log)) as SessionEvent[];
    expect(canonicalJson(replay(engine, setting, stored))).toBe(canonicalJson(log));
  });
});

test("mood, patience and every event stay within what a log may hold", () => {
  holds(({ setting, log }) => {
    for (const event of log) expect(sessionEventSchema.safeParse(event).error).toBeUndefined();
    const { mood, patience, turn } = personaState(setting, log);
    expect([mood >= -100, mood <= 100, patience >= 0, patience <= 100]).toEqual([true, true, true, true]);
    expect(turn).toBe(log.filter(({ kind }) => kind === "customer_said").length);
  });
});

test("one more minute of waiting is never liked better", () => {
  let gone = 0;
  for (const [index, { setting, log }] of sessions.entries()) {
    const said = log.findLastIndex(({ kind }) => kind === "trainee_said");
    if (said < 0) continue;
    const before = log.slice(0, said + 1);
    const at = plusSeconds(log[said]!.at, 60 * (1 + (index % 120)));
    const soon = answerTo(setting, before);
    const late = answerTo(setting, before.with(said, { ...log[said]!, at }));
    expect(late.patience).toBeLessThanOrEqual(soon.patience);
    expect(late.leaves === null ? late.text : soon.text).toBe(soon.text);
    if (soon.leaves === null && late.leaves !== null) gone += 1;
  }
  expect(gone).toBeGreaterThan(50);
});

test("an ended session takes no move, and an open one can always be ended", () => {
  holds(({ setting, log }) => {
    const at = log.at(-1)!.at;
    const moved = playMove(setting, log, { kind: "resolve" }, at);
    expect("problem" in moved).toBe(isEnded(log));
  });
});
