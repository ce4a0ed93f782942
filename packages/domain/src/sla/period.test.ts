import { describe, expect, test } from "vitest";
import type { Instant } from "../instant.ts";
import { BER, berlin, calendar, HOUR, NY, policy, resolveIn, timeline } from "./cases/timeline.ts";
import { remainingSeconds, satisfyCycle, type SlaCycle, startCycle, usedSeconds } from "./cycle.ts";
import { type CategoryChange, periodOf, recalculateCycle } from "./period.ts";

describe("other terms", () => {
  test("S31 a shorter target already used up is breached when it takes effect", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    const { breached, dueCache } = ticket.governedBy("Mon 12:00", resolveIn(HOUR));
    expect(ticket.cycle(1)).toMatchObject({ state: "superseded", elapsedSeconds: 10_800, breachedAt: null });
    expect(ticket.cycle(2)).toMatchObject({
      state: "running",
      dueAt: berlin("Mon 10:00"),
      breachedAt: berlin("Mon 12:00"),
    });
    expect(breached).toEqual([ticket.cycle(2)]);
    expect(dueCache.resolutionDueAt).toBe(berlin("Mon 10:00"));
  });

  test("S32 a shorter target that pauses have left time for", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.at("Mon 10:00", "waiting");
    ticket.at("Mon 14:00", "open");
    expect(usedSeconds(ticket.cycle(), BER, berlin("Mon 15:00"))).toBe(2 * HOUR);
    ticket.governedBy("Mon 15:00", resolveIn(4 * HOUR));
    expect(ticket.cycle(2)).toMatchObject({ dueAt: berlin("Mon 17:00"), breachedAt: null });
  });

  test("S33 a longer target does not take the breach back", () => {
    const ticket = timeline("Mon 09:00", resolveIn(HOUR));
    ticket.governedBy("Mon 12:00", resolveIn(8 * HOUR));
    expect(ticket.cycle(1)).toMatchObject({ state: "superseded", breachedAt: berlin("Mon 10:00") });
    expect(ticket.cycle(2)).toMatchObject({ state: "running", dueAt: berlin("Mon 17:00"), breachedAt: null });
  });

  test("S34 another calendar counts from the hand-over on, the old one before", () => {
    const ticket = timeline("Mon 09:00", resolveIn(10 * HOUR));
    ticket.governedBy("Mon 17:00", resolveIn(10 * HOUR), NY);
    expect(ticket.cycle(1)).toMatchObject({ state: "superseded", elapsedSeconds: 8 * HOUR });
    expect(ticket.cycle(2)).toMatchObject({ calendarId: "NY", dueAt: "2026-01-12T18:00:00.000Z" });
  });

  test("S35 without a policy the clock is cancelled and its breach kept", () => {
    const ticket = timeline("Mon 09:00", resolveIn(HOUR));
    const { dueCache } = ticket.governedBy("Mon 12:00", null);
    expect(ticket.cycle()).toMatchObject({ state: "cancelled", breachedAt: berlin("Mon 10:00") });
    expect(dueCache.resolutionDueAt).toBeNull();
    expect(ticket.touch("Tue 12:00").breached).toEqual([]);
  });

  test("a target used up before an earlier pause was used up there", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.at("Mon 12:00", "waiting");
    ticket.at("Mon 14:00", "open");
    ticket.governedBy("Mon 15:00", resolveIn(2 * HOUR));
    expect(ticket.cycle(2)).toMatchObject({ dueAt: berlin("Mon 11:00"), breachedAt: berlin("Mon 15:00") });
  });

  test("a target used up under a calendar before was used up by that calendar", () => {
    const ticket = timeline("Mon 09:00", resolveIn(20 * HOUR));
    ticket.governedBy("Mon 17:00", resolveIn(20 * HOUR), NY);
    ticket.governedBy("Tue 10:00", resolveIn(4 * HOUR), NY);
    expect(ticket.cycle(3)).toMatchObject({ dueAt: berlin("Mon 13:00"), breachedAt: berlin("Tue 10:00") });
    expect(ticket.cycle(3).elapsedSeconds).toBe(14 * HOUR);
  });

  test("while paused nothing breaches: a target cut short then is overdue when the clock resumes", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.at("Mon 12:00", "waiting");
    expect(ticket.governedBy("Mon 13:00", resolveIn(HOUR)).breached).toEqual([]);
    expect(ticket.cycle(2)).toMatchObject({ state: "paused", dueAt: null, breachedAt: null });
    expect(ticket.at("Mon 14:00", "open").breached).toEqual([ticket.cycle(2)]);
    expect(ticket.cycle(2)).toMatchObject({ state: "running", breachedAt: berlin("Mon 14:00") });
  });

  test("a new version of the same promise opens no cycle", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    const before = ticket.cycles;
    ticket.governedBy("Mon 12:00", { ...resolveIn(8 * HOUR), version: 2 });
    expect(ticket.cycles[0]).toBe(before[0]);
    expect(ticket.cycles).toHaveLength(1);
  });

  test("a metric that a later policy adds counts from creation", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    const next = policy({ firstResponseTargetSeconds: 2 * HOUR, resolutionTargetSeconds: 8 * HOUR });
    ticket.governedBy("Mon 12:00", next);
    const response = ticket.cycles.find(({ metric }) => metric === "first_response");
    expect(response).toMatchObject({
      dueAt: berlin("Mon 11:00"),
      breachedAt: berlin("Mon 12:00"),
      elapsedSeconds: 3 * HOUR,
    });
  });
});

describe("calendar edits", () => {
  const april = (time: string): Instant => `2026-${time}:00.000Z`;
  const edited = calendar("BER", "Europe/Berlin", ["2026-05-01"]);
  const history = [{ at: april("04-30T14:00"), category: "open" as const }];
  const opened = () => {
    const terms = {
      policyId: "p",
      policyVersion: 1,
      reason: { position: 1, matched: {} },
      standsWaiting: true,
      standsDone: true,
      calendarId: "BER",
      calendarVersion: 1,
      targetSeconds: 2 * HOUR,
      warnBeforeSeconds: null,
      escalateAfterSeconds: null,
    };
    return startCycle(BER, { metric: "resolution", ordinal: 1, terms, startedAt: april("04-30T14:00") });
  };
  const recalculate = (
    cycle: SlaCycle,
    at: Instant,
    changes: CategoryChange[] = history,
    earlier: SlaCycle[] = [],
  ) =>
    recalculateCycle(cycle, {
      at,
      calendar: edited,
      calendarVersion: 2,
      period: periodOf(earlier, "resolution", cycle.startedAt, cycle, changes),
    });

  test("S44 a running cycle moves, a met one stays", () => {
    expect(opened().dueAt).toBe(april("05-01T08:00"));
    const moved = recalculate(opened(), april("04-30T15:00"));
    expect(moved).toMatchObject({ dueAt: april("05-04T08:00"), calendarVersion: 2, breachedAt: null });
    const met = satisfyCycle(opened(), BER, april("04-30T14:30"));
    expect(recalculate(met, april("04-30T15:00"))).toBe(met);
  });

  test("time counted on what is now a holiday no longer counts, pauses stay pauses", () => {
    const changes: CategoryChange[] = [
      ...history,
      { at: april("04-30T14:30"), category: "waiting" },
      { at: april("05-01T07:00"), category: "open" },
    ];
    const cycle = {
      ...opened(),
      elapsedSeconds: HOUR / 2,
      runningSince: april("05-01T07:00"),
      dueAt: april("05-01T08:30"),
    };
    const moved = recalculate(cycle, april("05-01T08:15"), changes);
    expect(moved).toMatchObject({ elapsedSeconds: HOUR / 2, dueAt: april("05-04T08:30") });
    expect(remainingSeconds(moved, edited, april("05-01T08:15"))).toBe(1.5 * HOUR);
  });

  test("a breach before the edit stays", () => {
    expect(recalculate(opened(), april("05-01T09:00"))).toMatchObject({
      dueAt: april("05-01T08:00"),
      breachedAt: april("05-01T08:00"),
    });
  });

  test("an edit that adds hours breaches what it finds used up, from the edit on", () => {
    const terms = {
      policyId: "p",
      policyVersion: 1,
      reason: { position: 1, matched: {} },
      standsWaiting: true,
      standsDone: true,
      calendarId: "BER",
      calendarVersion: 1,
      targetSeconds: 2 * HOUR,
      warnBeforeSeconds: null,
      escalateAfterSeconds: null,
    };
    const cycle = startCycle(edited, {
      metric: "resolution",
      ordinal: 1,
      terms,
      startedAt: april("04-30T14:00"),
    });
    const period = periodOf([], "resolution", cycle.startedAt, cycle, history);
    const moved = recalculateCycle(cycle, {
      at: april("05-01T12:00"),
      calendar: BER,
      calendarVersion: 2,
      period,
    });
    expect(moved).toMatchObject({ dueAt: april("05-01T08:00"), breachedAt: april("05-01T12:00") });
  });

  test("what a closed cycle counted stays the base of the running one", () => {
    const earlier: SlaCycle = {
      ...opened(),
      state: "superseded",
      elapsedSeconds: HOUR,
      runningSince: null,
      closedAt: april("04-30T15:00"),
    };
    const cycle: SlaCycle = {
      ...opened(),
      ordinal: 2,
      elapsedSeconds: HOUR,
      runningSince: april("04-30T15:00"),
    };
    expect(recalculate(cycle, april("04-30T15:00"), history, [earlier]).dueAt).toBe(april("05-04T08:00"));
  });
});
