import { describe, expect, test } from "vitest";
import { compileCalendar } from "../sla/index.ts";
import { ada, after, calendars, desk, mia, minute, movedTo, opened, system } from "./desk.fixtures.ts";
import type { Desk } from "./desk.ts";
import { recountClocks } from "./recount-clocks.ts";
import { setPriority } from "./set-priority.ts";
import { setStatus } from "./set-status.ts";

const berlin = calendars.get("berlin")!;
/** The same office, closed on the ticket's day from ten on. */
const edited: Desk = {
  ...desk,
  calendars: new Map([
    ...calendars,
    [
      "berlin",
      {
        ...compileCalendar({
          ...berlin.calendar,
          holidays: [{ date: "2026-01-12", hours: [["09:00", "09:30"]] }],
        }),
        id: "berlin",
        version: 2,
      },
    ],
  ]),
};

describe("clocks recounted", () => {
  test("by the rules they were counted by stay the same objects", () => {
    const before = opened();
    const { cycles, events, ticket } = recountClocks(after(before, system, minute(20)));
    expect(events).toEqual([]);
    expect(cycles.every((cycle, index) => cycle === before.cycles[index])).toBe(true);
    expect(ticket).toEqual(before.ticket);
  });

  test("by an edited calendar move, once, and the ticket's due instants with them", () => {
    const moved = recountClocks(after(opened(), system, minute(20), edited));
    // Half an hour on Monday, half an hour on Tuesday.
    expect(moved.ticket.firstResponseDueAt).toBe(minute(24 * 60 + 30));
    expect(moved.events).toEqual([]);
    expect(moved.cycles.map(({ calendarVersion }) => calendarVersion)).toEqual([2, 2]);
    const again = recountClocks(after(moved, system, minute(25), edited));
    expect(again.cycles.every((cycle, index) => cycle === moved.cycles[index])).toBe(true);
  });

  test("keep a breach that the new hours would not have had, and tell it if nobody has", () => {
    const late = recountClocks(after(opened(), system, minute(70), edited));
    expect(late.cycles[0]).toMatchObject({ breachedAt: minute(60), dueAt: minute(60) });
    expect(late.events.map(({ kind }) => kind)).toEqual(["sla_breached"]);
    expect(late.ticket.version).toBe(1);
  });

  test("that have ended stay as they are", () => {
    const closed = movedTo("closed");
    const { cycles } = recountClocks(after(closed, system, minute(20), edited));
    expect(cycles).toEqual(closed.cycles);
  });

  test("of a policy's new version take its warning", () => {
    const warned: Desk = {
      ...desk,
      policies: desk.policies.map((policy) => ({
        ...policy,
        version: 2,
        warnings: { beforeDueSeconds: { first_response: 600 } },
      })),
    };
    const { cycles } = recountClocks(after(opened(), system, minute(20), warned));
    expect(cycles[0]).toMatchObject({ policyVersion: 2, warningAt: minute(50), dueAt: minute(60) });
    expect(cycles[1]).toMatchObject({ policyVersion: 2, warningAt: null });
  });

  test("by edited pauses go on in a cycle of their own, and what was counted stays, whatever is edited later", () => {
    const unpaused: Desk = {
      ...desk,
      policies: desk.policies.map((policy) => ({ ...policy, version: 2, pausesResolution: false })),
    };
    const waited = setStatus(after(movedTo("waiting"), mia, minute(190)), { status: "open", version: 2 });
    expect(waited.ticket.resolutionDueAt).toBe(minute(24 * 60 + 180));
    const policyEdited = recountClocks(after(waited, system, minute(200), unpaused));
    expect(policyEdited.ticket.resolutionDueAt).toBe(minute(24 * 60 + 180));
    expect(policyEdited.cycles.filter(({ metric }) => metric === "resolution")).toMatchObject([
      { state: "superseded", policyVersion: 1, standsWaiting: true, elapsedSeconds: 20 * 60 },
      { state: "running", policyVersion: 2, standsWaiting: false, elapsedSeconds: 20 * 60 },
    ]);
    const holiday = {
      ...compileCalendar({ ...berlin.calendar, holidays: ["2026-12-01"] }),
      id: "berlin",
      version: 2,
    };
    const both = { ...unpaused, calendars: new Map([...calendars, ["berlin", holiday] as const]) };
    const calendarEdited = recountClocks(after(policyEdited, system, minute(210), both));
    expect(calendarEdited.ticket.resolutionDueAt).toBe(minute(24 * 60 + 180));
    expect(calendarEdited.events).toEqual([]);
  });

  test("keep what was broken, warned of and escalated when only their pauses are edited", () => {
    const stands = (version: number, pausesFirstResponse: boolean): Desk => ({
      ...desk,
      policies: desk.policies.map((policy) => ({
        ...policy,
        version,
        pausesFirstResponse,
        warnings: { beforeDueSeconds: { first_response: 600 } },
      })),
    });
    const before = recountClocks(after(opened({}, stands(1, false)), system, minute(70), stands(1, false)));
    expect(before.events.map(({ kind }) => kind)).toEqual(["sla_breached"]);
    const now = recountClocks(after(before, system, minute(75), stands(2, true)));
    expect(now.events).toEqual([]);
    expect(now.cycles.filter(({ metric }) => metric === "first_response")).toMatchObject([
      { state: "superseded", breachedAt: minute(60) },
      { state: "running", breachedAt: minute(60), elapsedSeconds: 75 * 60 },
    ]);
  });

  test("are brought to the rules of now by any other decision, too", () => {
    const noted = setPriority(after(opened(), ada, minute(20), edited), { priority: "low", version: 1 });
    expect(noted.ticket.firstResponseDueAt).toBe(minute(24 * 60 + 30));
  });
});
