import { describe, expect, test } from "vitest";
import { ada, after, desk, minute, opened, policy } from "./desk.fixtures.ts";
import { reply } from "./reply.ts";
import { route } from "./route.ts";
import { setPriority } from "./set-priority.ts";
import { setStatus } from "./set-status.ts";

const billing = desk.departments.get("billing")!;
const abroad = {
  ...desk,
  departments: new Map([...desk.departments, ["billing", { ...billing, calendarId: "new_york" }]]),
};

describe("a ticket's clocks", () => {
  test("count by the department's own calendar where it has one, and by the policy's where not", () => {
    // Nine in New York is three in the afternoon in Berlin, six hours after the ticket was opened.
    expect(opened({ departmentId: "billing" }, abroad).ticket.firstResponseDueAt).toBe(minute(7 * 60));
    expect(opened({ departmentId: "support" }, abroad).ticket.firstResponseDueAt).toBe(minute(60));
    expect(opened({ departmentId: null }, abroad).ticket.firstResponseDueAt).toBe(minute(60));
  });

  test("go on by the new department's calendar, with what is used kept", () => {
    const routed = route(after(opened({}, abroad), ada, minute(20), abroad), {
      departmentId: "billing",
      assignee: null,
      version: 1,
    });
    expect(routed.ticket.firstResponseDueAt).toBe(minute(6 * 60 + 40));
    expect(routed.cycles.map(({ metric, calendarId }) => [metric, calendarId])).toEqual([
      ["first_response", "berlin"],
      ["first_response", "new_york"],
      ["resolution", "berlin"],
      ["resolution", "new_york"],
    ]);
  });

  test("end where no policy is for the ticket any more, and its policy with them", () => {
    const only = {
      ...desk,
      policies: [policy({ id: "p", conditions: { priorities: ["medium"] }, resolutionTargetSeconds: 60 })],
    };
    const before = opened({}, only);
    expect(before.ticket).toMatchObject({ slaPolicyId: "p", resolutionDueAt: minute(1) });
    const { ticket, cycles } = setPriority(after(before, ada, minute(1), only), {
      priority: "low",
      version: 1,
    });
    expect(ticket).toMatchObject({ slaPolicyId: null, resolutionDueAt: null });
    expect(cycles.map(({ state }) => state)).toEqual(["cancelled"]);
  });

  test("a breach is recorded at the due instant by whatever is decided next, and stays", () => {
    const late = setStatus(after(opened(), ada, minute(70)), { status: "in_progress", version: 1 });
    expect(late.cycles[0]).toMatchObject({ metric: "first_response", breachedAt: minute(60) });
    expect(late.ticket.firstResponseDueAt).toBe(minute(60));
    const intime = setStatus(after(opened(), ada, minute(60)), { status: "in_progress", version: 1 });
    expect(intime.cycles[0]).toMatchObject({ metric: "first_response", breachedAt: null });
  });

  test("only those that a decision changes are written again", () => {
    const before = opened();
    expect(before.changedCycles).toEqual(before.cycles);
    const answered = reply(after(before, ada, minute(10)), { commentId: "first", body: "We look into it." });
    expect(answered.changedCycles).toEqual([answered.cycles[0]]);
    expect(answered.cycles[0]).toMatchObject({ metric: "first_response", state: "satisfied" });
    const again = reply(after(answered, ada, minute(20)), { commentId: "second", body: "Found it." });
    expect([again.cycles, again.changedCycles]).toEqual([answered.cycles, []]);
  });

  test("a calendar that the organization lacks is a defect, not a refusal", () => {
    expect(() => opened({}, { ...desk, calendars: new Map() })).toThrow(/No calendar berlin/);
  });
});
