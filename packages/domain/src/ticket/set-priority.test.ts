import { describe, expect, test } from "vitest";
import { ada, after, minute, movedTo, opened, refusalOf } from "./desk.fixtures.ts";
import { setPriority } from "./set-priority.ts";

describe("setting a priority", () => {
  test("changes it, raises the version and tells both", () => {
    const { ticket, events } = setPriority(after(opened(), ada, minute(20)), {
      priority: "high",
      version: 1,
    });
    expect(ticket).toMatchObject({
      priority: "high",
      version: 2,
      lastEventSequence: 2,
      updatedAt: minute(20),
    });
    expect(events).toEqual([
      {
        kind: "priority_changed",
        sequence: 2,
        commentId: null,
        changes: { priority: { from: { id: "medium", label: "medium" }, to: { id: "high", label: "high" } } },
      },
    ]);
  });

  test("that another policy is for moves the due instants with the time used kept", () => {
    const { ticket, cycles } = setPriority(after(opened(), ada, minute(20)), {
      priority: "urgent",
      version: 1,
    });
    expect(ticket).toMatchObject({
      slaPolicyId: "urgent",
      firstResponseDueAt: minute(30),
      resolutionDueAt: minute(240),
    });
    expect(cycles.map(({ metric, state, policyId }) => [metric, state, policyId])).toEqual([
      ["first_response", "superseded", "any"],
      ["first_response", "running", "urgent"],
      ["resolution", "superseded", "any"],
      ["resolution", "running", "urgent"],
    ]);
  });

  test("that it has already changes nothing", () => {
    const before = opened();
    const { ticket, events, comment, cycles } = setPriority(after(before, ada, minute(20)), {
      priority: "medium",
      version: 1,
    });
    expect({ ticket, events, comment, cycles }).toEqual({
      ticket: before.ticket,
      events: [],
      comment: null,
      cycles: before.cycles,
    });
  });

  test("is refused with a stale version, even where it would change nothing", () => {
    const situation = after(movedTo("in_progress"), ada, minute(20));
    for (const priority of ["medium", "low"] as const) {
      expect(refusalOf(() => setPriority(situation, { priority, version: 1 }))).toEqual({
        code: "version.conflict",
        version: 2,
      });
      expect(refusalOf(() => setPriority(situation, { priority, version: 2 }))).toBeNull();
    }
  });

  test("is refused on a closed ticket, and taken on a resolved one", () => {
    const set = (status: string) =>
      refusalOf(() => setPriority(after(movedTo(status), ada, minute(20)), { priority: "low", version: 2 }));
    expect(set("closed")).toEqual({ code: "ticket.closed" });
    expect(set("resolved")).toBeNull();
  });
});
