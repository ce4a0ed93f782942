import { describe, expect, test } from "vitest";
import type { Actor } from "../identity/actor.ts";
import { usedSeconds } from "../sla/cycle.ts";
import { policy as policyOf } from "./desk.fixtures.ts";
import { ada, after, cora, desk, minute, opened, openedAt } from "./desk.fixtures.ts";
import type { Decision } from "./decision.ts";
import { compareClocks, foldClocks, type PastEvent } from "./fold-clocks.ts";
import { reply } from "./reply.ts";
import { setPriority } from "./set-priority.ts";
import { setStatus } from "./set-status.ts";
import { simulate } from "./simulate.ts";

const HOUR = 3_600;
const promising = {
  ...desk,
  policies: [
    policyOf({
      id: "p",
      firstResponseTargetSeconds: HOUR,
      nextResponseTargetSeconds: HOUR,
      resolutionTargetSeconds: 8 * HOUR,
    }),
  ],
};

const eventsOf = (decision: Decision, actor: Actor): PastEvent[] =>
  decision.events.map((event) => ({
    ...event,
    at: decision.at,
    rulesVersion: 1,
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : null,
  }));

/** A ticket that is worked on, and its history. */
function worked(...acts: [actor: Actor, atMinute: number, act: (from: Decision) => Decision][]) {
  let state = opened({}, promising);
  const events = eventsOf(state, cora);
  for (const [actor, , act] of acts) {
    state = act(state);
    events.push(...eventsOf(state, actor));
  }
  return { state, events };
}

const says =
  (actor: Actor, at: number, body = "Hello") =>
  (from: Decision) =>
    reply(after(from, actor, minute(at), promising), { commentId: `comment ${at}`, body });
const moves = (at: number, status: string) => (from: Decision) =>
  setStatus(after(from, ada, minute(at), promising), { status, version: from.ticket.version });

const { state, events } = worked(
  [ada, 20, says(ada, 20)],
  [cora, 40, says(cora, 40)],
  [ada, 60, moves(60, "waiting")],
  [cora, 90, says(cora, 90)],
  [ada, 130, says(ada, 130)],
);
const ticket = { customerId: "cora", source: "web" as const };
const fold = (past: readonly PastEvent[], at = minute(200)) =>
  foldClocks(promising, ticket, { events: past }, at);

describe("a ticket's clocks, folded from its history", () => {
  test("are those that its use cases wrote", () => {
    expect(fold(events, minute(130)).cycles).toEqual(state.cycles);
    expect(compareClocks(state.cycles, fold(events).cycles, minute(200))).toEqual([]);
    expect(state.cycles.find(({ metric }) => metric === "next_response")).toMatchObject({
      startedAt: minute(40),
      breachedAt: minute(100),
      satisfiedAt: minute(130),
    });
  });

  test("S54 are the same folded twice, and from events in any order: their sequence counts", () => {
    expect(fold(events)).toEqual(fold(events));
    expect(fold(events.toReversed())).toEqual(fold(events));
    const atOnce = events.map((event) => ({ ...event, at: openedAt }));
    expect(fold(atOnce.toReversed())).toEqual(fold(atOnce));
  });

  test("S54 at one instant an answer beats the question, whichever was committed first", () => {
    const first = worked([ada, 20, says(ada, 20)]);
    const runs = (...acts: [Actor, number, (from: Decision) => Decision][]) =>
      worked([ada, 20, says(ada, 20)], ...acts).state;
    const asked = runs([cora, 60, says(cora, 60)], [ada, 60, says(ada, 60)]);
    const answered = runs([ada, 60, says(ada, 60)], [cora, 60, says(cora, 60)]);
    for (const { ticket: left } of [first.state, asked, answered]) {
      expect(left).toMatchObject({ firstUnansweredAt: null, nextResponseDueAt: null });
    }
    expect(runs([cora, 61, says(cora, 61)]).ticket.nextResponseDueAt).toBe(minute(121));
  });

  test("differ, field by field, where somebody wrote into what is stored", () => {
    const [first, ...others] = state.cycles;
    const edited = [{ ...first!, targetSeconds: 5 }, ...others.slice(0, -1)];
    const differences = compareClocks(edited, fold(events).cycles, minute(200));
    expect(differences).toContainEqual({
      metric: "first_response",
      ordinal: 1,
      field: "targetSeconds",
      stored: 5,
      folded: HOUR,
    });
    expect(new Set(differences.map(({ metric }) => metric))).toEqual(
      new Set(["first_response", others.at(-1)!.metric]),
    );
  });

  test("know a past that is not over: what happened later is left out", () => {
    const early = fold(events, minute(50)).cycles.find(({ metric }) => metric === "next_response")!;
    expect(early).toMatchObject({ state: "running", dueAt: minute(100), breachedAt: null });
    expect(usedSeconds(early, desk.calendars.get("berlin")!, minute(50))).toBe(600);
  });
});

describe("a simulation", () => {
  const past = [{ ...ticket, id: "ticket", events }];
  const period = { from: openedAt, to: minute(8 * 60) };
  const under = (nextResponseTargetSeconds: number | null) =>
    simulate({ ...promising, policies: [policyOf({ id: "q", nextResponseTargetSeconds })] }, past, period);

  test("names the breaches that other promises would have had", () => {
    expect(under(HOUR / 2)).toEqual([
      {
        ticketId: "ticket",
        metric: "next_response",
        ordinal: 1,
        policyId: "q",
        dueAt: minute(70),
        breachedAt: minute(70),
      },
    ]);
    expect(under(2 * HOUR)).toEqual([]);
    expect(under(null)).toEqual([]);
  });

  test("of the rules that hold names the breaches there were, within its period only", () => {
    expect(simulate(promising, past, period).map(({ breachedAt }) => breachedAt)).toEqual([minute(100)]);
    expect(simulate(promising, past, { from: openedAt, to: minute(100) })).toEqual([]);
    expect(simulate(promising, past, { from: minute(101), to: minute(480) })).toEqual([]);
  });

  test("counts what a ticket's priority was when it was", () => {
    const urgent = { ...policyOf({ id: "u", resolutionTargetSeconds: HOUR }), position: 0 };
    const rules = {
      ...promising,
      policies: [{ ...urgent, conditions: { priorities: ["urgent" as const] } }],
    };
    const raised = worked([
      ada,
      30,
      (from) => setPriority(after(from, ada, minute(30), promising), { priority: "urgent", version: 1 }),
    ]);
    const breaches = simulate(rules, [{ ...ticket, id: "t", events: raised.events }], period);
    expect(breaches.map(({ dueAt }) => dueAt)).toEqual([minute(60)]);
    expect(simulate(rules, past, period)).toEqual([]);
  });
});
