import { describe, expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import type { EscalationAction } from "../sla/escalation.ts";
import { assign } from "./assign.ts";
import type { Decision } from "./decision.ts";
import { ada, after, ben, labelOfPerson, mia, minute, opened, policy, system } from "./desk.fixtures.ts";
import type { Desk } from "./desk.ts";
import { HOUR, escalated, everybody, look, notify, rules, step } from "./escalate.fixtures.ts";
import { type People, peopleOfEscalations } from "./escalate.ts";
import { recountClocks } from "./recount-clocks.ts";
import { reply } from "./reply.ts";
import { setStatus } from "./set-status.ts";

const raise: EscalationAction = { kind: "raise_priority", priority: null };

const told = (decision: Decision, on: Desk) =>
  Object.fromEntries(notificationsOf(decision, on, system).map(({ userId, kind }) => [userId, kind]));

describe("an escalation step", () => {
  test("at the breach is taken with it, and told once", () => {
    const on = rules([step(notify("ada"))]);
    const first = look(opened({}, on), on, 60);
    expect(first.events).toEqual([]);
    const second = look(first, on, 61);
    expect(second.events.map(({ kind }) => kind)).toEqual(["sla_breached", "sla_escalated"]);
    expect(second.events[1]!.changes).toMatchObject({
      metric: { to: { id: "first_response" } },
      due: { to: { id: minute(60) } },
      told: { to: { id: "ada", label: "ADA" } },
    });
    expect(told(second, on)).toMatchObject({ ada: "sla_escalated", mia: "sla_breached" });
    expect(second.ticket.version).toBe(1);
    expect(look(second, on, 62).events).toEqual([]);
    expect(second.changedCycles).toMatchObject([{ escalatedAfterSeconds: 0, escalationAt: null }]);
  });

  test("later past due waits for its business time, nights and pauses aside", () => {
    const on = rules([step(notify("ada"), 7 * HOUR + 60), step(notify("ben"), 600)], {
      pausesFirstResponse: true,
    });
    let state = look(opened({}, on), on, 61);
    expect(escalated(state)).toEqual([]);
    state = setStatus(after(state, ada, minute(65), on), { status: "waiting", version: 1 });
    expect(state.cycles[0]).toMatchObject({ state: "paused", escalationAt: null });
    expect(escalated(look(state, on, 200))).toEqual([]);
    state = setStatus(after(state, ada, minute(205), on), { status: "in_progress", version: 2 });
    expect(state.cycles[0]!.escalationAt).toBe(minute(210));
    state = look(state, on, 210);
    expect(escalated(state)).toEqual(["notify: told BEN"]);
    // 275 minutes were left of the day at 205: the rest of seven hours and a minute is on Tuesday.
    expect(state.cycles[0]!.escalationAt).toBe(minute(24 * 60 + 421 - 5 - 275));
    expect(escalated(look(state, on, 24 * 60 + 142))).toEqual(["notify: told ADA"]);
  });

  test("of a clock that is stopped before anybody looks is not taken", () => {
    const on = rules([step(notify("ada"))]);
    const answered = reply(after(opened({}, on), ada, minute(70), on), { commentId: "c", body: "Late" });
    expect(answered.events.map(({ kind }) => kind)).toEqual(["sla_breached", "reply_added"]);
    expect(look(answered, on, 71).events).toEqual([]);
  });

  test("whose breach somebody's act told is taken at the next look", () => {
    const on = rules([step(notify("ada"))]);
    const moved = setStatus(after(opened({}, on), mia, minute(70), on), { status: "waiting", version: 1 });
    expect(escalated(look(moved, on, 71))).toEqual(["notify: told ADA"]);
  });

  test("waits for a look that knows the people", () => {
    const on = rules([step(notify("ada"))]);
    const blind = look(opened({}, on), on, 61, null);
    expect(blind.events.map(({ kind }) => kind)).toEqual(["sla_breached"]);
    expect(escalated(look(blind, on, 61))).toEqual(["notify: told ADA"]);
  });

  test("is given up with its policy: S35 a switched-off one alerts nobody", () => {
    const on = rules([step(notify("ada")), step(notify("ben"), 600)]);
    const broken = look(opened({}, on), on, 61);
    const off = rules([step(notify("ben"), 600)], { isActive: false, version: 2 });
    const ended = recountClocks(after(broken, system, minute(65), off));
    expect(ended.cycles[0]).toMatchObject({ state: "cancelled", breachedAt: minute(60) });
    expect(look(ended, off, 100).events).toEqual([]);
    expect(escalated(look(broken, on, 100))).toEqual(["notify: told BEN"]);
  });
});

describe("whom a step tells", () => {
  const roles: EscalationAction = {
    kind: "notify",
    roles: ["assignee", "manager"],
    userIds: ["cleo", "cora"],
  };

  test("are those who see the ticket, and never its customer", () => {
    const on = rules([step(roles)]);
    const given = assign(after(opened({}, on), mia, minute(5), on), {
      candidate: ben,
      assignee: null,
      version: 1,
    });
    const decision = look(given, on, 61);
    expect(escalated(decision)).toEqual(["notify: told BEN, MIA"]);
    expect(told(decision, on)).toEqual({ ben: "sla_escalated", mia: "sla_escalated" });
  });

  test("may be nobody, and history says so", () => {
    const on = rules([step(notify("cora", "stranger"))]);
    expect(escalated(look(opened({}, on), on, 61))).toEqual(["notify: problem Nobody could be told"]);
  });
});

describe("a step that reassigns", () => {
  const to = (userId: string | null) => rules([step({ kind: "reassign", userId })]);

  test("gives the ticket to the person, or to the department's manager", () => {
    const named = look(opened({}, to("ben")), to("ben"), 61);
    expect(named.events.map(({ kind }) => kind)).toEqual([
      "sla_breached",
      "sla_escalated",
      "assignee_changed",
    ]);
    expect(named.ticket).toMatchObject({ assigneeId: "ben", version: 2 });
    expect(told(named, to("ben"))).toMatchObject({ ben: "sla_breached" });
    expect(look(opened({}, to(null)), to(null), 61).ticket.assigneeId).toBe("mia");
  });

  test("takes it from whoever had it, and tells both", () => {
    const given = assign(after(opened({}, to("ben")), mia, minute(5), to("ben")), {
      candidate: ada,
      assignee: null,
      version: 1,
    });
    const decision = look(given, to("ben"), 61);
    expect(decision.events.at(-1)!.changes).toEqual({
      assignee: { from: labelOfPerson(ada), to: labelOfPerson(ben) },
    });
    expect(told(decision, to("ben"))).toMatchObject({ ada: "ticket_updated", ben: "sla_breached" });
  });

  test("leaves it where it is where nobody can have it, and says why", () => {
    const tried = (id: string | null, people: People = everybody, department: string | null = "support") => {
      const on = to(id);
      const decision = look(opened({ departmentId: department }, on), on, 61, people);
      expect(decision.ticket).toMatchObject({ assigneeId: null, version: 1 });
      return escalated(decision);
    };
    expect(tried("cleo")).toEqual(["reassign: problem CLEO cannot have it"]);
    expect(tried("cora")).toEqual(["reassign: problem CORA cannot have it"]);
    expect(tried("ben", new Map([["ben", { ...ben, isActive: false }]]))).toEqual([
      "reassign: problem BEN cannot have it",
    ]);
    expect(tried("gone")).toEqual(["reassign: problem Nobody to give it to"]);
    expect(tried(null, everybody, null)).toEqual(["reassign: problem Nobody to give it to"]);
  });
});

describe("a step that raises the priority", () => {
  test("goes up by one, or to a given one, and never down", () => {
    const raised = (action: EscalationAction, priority: "low" | "urgent" = "low") => {
      const on = rules([step(action)]);
      return look(opened({ priority }, on), on, 61);
    };
    expect(raised(raise).ticket).toMatchObject({ priority: "medium", version: 2 });
    expect(raised({ kind: "raise_priority", priority: "urgent" }).ticket.priority).toBe("urgent");
    const stays = raised({ kind: "raise_priority", priority: "medium" }, "urgent");
    expect(stays.ticket).toMatchObject({ priority: "urgent", version: 1 });
    expect(escalated(stays)).toEqual(["raise_priority: problem It is urgent"]);
    expect(raised(raise, "urgent").ticket.priority).toBe("urgent");
  });

  test("has the clocks follow the policy of the new one, each with its own steps", () => {
    const high = policy({
      id: "high",
      conditions: { priorities: ["high"] },
      firstResponseTargetSeconds: HOUR / 2,
      escalations: { steps: [step(notify("ada"), HOUR / 2), step(raise, HOUR)] },
    });
    const on = rules([step(raise), step(notify("ben"))], {}, [high]);
    const decision = look(opened({}, on), on, 61);
    expect(decision.events.map(({ kind }) => kind)).toEqual([
      "sla_breached",
      "sla_escalated",
      "priority_changed",
      "sla_breached",
      "sla_escalated",
    ]);
    expect(decision.cycles).toMatchObject([
      { policyId: "p", state: "superseded", escalatedAfterSeconds: 0 },
      {
        policyId: "high",
        state: "running",
        breachedAt: minute(61),
        dueAt: minute(30),
        escalatedAfterSeconds: null,
      },
    ]);
    const next = look(decision, on, 62);
    expect(escalated(next)).toEqual(["notify: told ADA"]);
    expect(look(next, on, 91).ticket.priority).toBe("urgent");
  });
});

test("the people of the steps are those named, and the managers where a step turns to them", () => {
  expect(peopleOfEscalations(rules([step(notify("zoe", "ada"))]))).toEqual(["ada", "zoe"]);
  expect(peopleOfEscalations(rules([step({ kind: "reassign", userId: null })]))).toEqual(["max", "mia"]);
  expect(peopleOfEscalations(rules([step(raise)]))).toEqual([]);
});
