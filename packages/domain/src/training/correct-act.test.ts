import { expect, test } from "vitest";
import { refusalOf } from "../ticket/desk.fixtures.ts";
import { actsOf, correctAct } from "./correct-act.ts";
import { type SessionEvent, playedPart } from "./session-log.ts";
import { shipped } from "./shipped.fixtures.ts";

const { scenario } = shipped.find((each) => each.scenario.id === "lost-authenticator")!;
const at = "2026-01-12T08:00:00.000Z";
const later = "2026-01-13T08:00:00.000Z";
const log: SessionEvent[] = [
  { kind: "session_started", sequence: 1, at },
  { kind: "trainee_said", sequence: 2, at, text: "Hello", acts: ["greet"] },
  { kind: "resolved", sequence: 3, at: later },
];
const input = { sequence: 2, acts: ["empathize", "empathize"], reason: "It shows understanding" };
const correct = (change: Partial<typeof input> = {}, on = log, now = later) =>
  correctAct(scenario, on, { ...input, ...change }, now);

test("a correction comes after all there is, never before it in time, and stands in the place of what was recognised", () => {
  const event = correct({}, log, at);
  expect(event).toEqual({
    kind: "act_corrected",
    sequence: 4,
    at: later,
    of: 2,
    acts: ["empathize"],
    reason: "It shows understanding",
  });
  const acts = (all: SessionEvent[]) => playedPart(all).map((one) => one.kind === "trainee_said" && one.acts);
  expect(acts([...log, event])[1]).toEqual(["empathize"]);
  const again = correct({ acts: [] }, [...log, event]);
  expect(acts([...log, event, again])[1]).toEqual([]);
});

test("only messages of a session that has ended are corrected, by acts that the scenario has", () => {
  expect(refusalOf(() => correct({}, log.slice(0, 2)))).toEqual({ code: "session.not_ended" });
  for (const sequence of [1, 3, 4])
    expect(refusalOf(() => correct({ sequence }))).toEqual({ code: "session.not_a_message" });
  expect(refusalOf(() => correct({ acts: ["ask.shoe_size"] }))).toEqual({
    code: "session.unknown_act",
    known: actsOf(scenario),
  });
  for (const act of ["greet", "ask.employee_id", "tell.manager_name", "instruct.enrol_again"])
    expect(correct({ acts: [act] })).toMatchObject({ acts: [act] });
});
