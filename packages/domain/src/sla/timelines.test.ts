import { describe, expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { BER, berlin, HOUR, policy, resolveIn, timeline } from "./cases/timeline.ts";
import { isBreached, remainingSeconds, satisfyCycle } from "./cycle.ts";
import type { SlaPolicy } from "./policy.ts";

describe("pauses and breach", () => {
  test("S29 a pause after the breach does not take it back", () => {
    const ticket = timeline("Mon 09:00", resolveIn(HOUR));
    expect(ticket.at("Mon 11:00", "waiting").breached).toHaveLength(1);
    expect(ticket.at("Mon 15:00", "open").breached).toEqual([]);
    expect(ticket.cycle()).toMatchObject({
      state: "running",
      breachedAt: berlin("Mon 10:00"),
      dueAt: berlin("Mon 10:00"),
    });
  });

  test("S30 resolved while paused: the time held does not count", () => {
    const ticket = timeline("Mon 09:00", resolveIn(4 * HOUR));
    expect(ticket.at("Mon 10:00", "waiting").dueCache.resolutionDueAt).toBeNull();
    expect(remainingSeconds(ticket.cycle(), BER, berlin("Thu 09:00"))).toBe(3 * HOUR);
    expect(isBreached(ticket.cycle(), berlin("Thu 09:00"))).toBe(false);
    ticket.at("Thu 10:00", "resolved");
    expect(ticket.cycle()).toMatchObject({
      state: "satisfied",
      elapsedSeconds: HOUR,
      satisfiedAt: berlin("Thu 10:00"),
      breachedAt: null,
    });
  });

  test("S45 a breach is its due instant, whenever somebody looks", () => {
    const ticket = timeline("Mon 09:00", resolveIn(4 * HOUR));
    expect(isBreached(ticket.cycle(), berlin("Mon 13:00"))).toBe(false);
    expect(isBreached(ticket.cycle(), plusSeconds(berlin("Mon 13:00"), 1))).toBe(true);
    expect(ticket.at("Mon 13:02", "resolved").breached).toEqual([ticket.cycle()]);
    expect(ticket.cycle()).toMatchObject({ state: "satisfied", breachedAt: berlin("Mon 13:00") });
    expect(remainingSeconds(ticket.cycle(), BER, berlin("Mon 13:05"))).toBe(-120);
  });

  test("S51 a reply stamped before creation is met with nothing elapsed", () => {
    const ticket = timeline("Mon 09:30", policy({ firstResponseTargetSeconds: HOUR }));
    ticket.answer("Mon 09:00");
    expect(ticket.cycle()).toMatchObject({ state: "satisfied", elapsedSeconds: 0, breachedAt: null });
    expect(ticket.cycle().closedAt).toBe(berlin("Mon 09:30"));
  });

  test("S52 a reply at the due instant is met, one a second later is breached by a second", () => {
    const opened = timeline("Mon 09:00", policy({ firstResponseTargetSeconds: HOUR })).cycle();
    const atDue = satisfyCycle(opened, BER, berlin("Mon 10:00"));
    expect(atDue).toMatchObject({ elapsedSeconds: HOUR, breachedAt: null });
    const late = satisfyCycle(opened, BER, plusSeconds(berlin("Mon 10:00"), 1));
    expect(late).toMatchObject({ elapsedSeconds: HOUR + 1, breachedAt: berlin("Mon 10:00") });
  });
});

describe("first response", () => {
  test("S36 waiting does not stop it, the agent's first public reply does", () => {
    const ticket = timeline("Mon 09:30", policy({ firstResponseTargetSeconds: HOUR }));
    expect(ticket.at("Mon 09:50", "waiting").dueCache.firstResponseDueAt).toBe(berlin("Mon 10:30"));
    expect(ticket.answer("Mon 10:20").dueCache.firstResponseDueAt).toBeNull();
    expect(ticket.cycle()).toMatchObject({
      state: "satisfied",
      satisfiedAt: berlin("Mon 10:20"),
      elapsedSeconds: 50 * 60,
      breachedAt: null,
    });
  });

  test("it pauses in waiting where its policy says so", () => {
    const ticket = timeline(
      "Mon 09:30",
      policy({ firstResponseTargetSeconds: HOUR, pausesFirstResponse: true }),
    );
    ticket.at("Mon 09:50", "waiting");
    ticket.at("Mon 11:00", "open");
    expect(ticket.cycle().dueAt).toBe(berlin("Mon 11:40"));
  });

  test("resolving without an answer is no answer, closing ends the wait", () => {
    const ticket = timeline("Mon 09:30", policy({ firstResponseTargetSeconds: HOUR }));
    ticket.at("Mon 09:50", "resolved");
    expect(ticket.cycle().state).toBe("running");
    ticket.at("Mon 10:00", "closed");
    expect(ticket.cycle()).toMatchObject({ state: "cancelled", breachedAt: null });
  });
});

describe("reopening", () => {
  const reopened = (change: Partial<SlaPolicy>) => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR, change));
    ticket.at("Mon 12:00", "resolved");
    ticket.at("Wed 10:00", "open");
    expect(ticket.cycle(1)).toMatchObject({ state: "satisfied", satisfiedAt: berlin("Mon 12:00") });
    return ticket;
  };

  test("S40 resume: the resolved time does not count", () => {
    const ticket = reopened({});
    expect(ticket.cycle(2)).toMatchObject({
      elapsedSeconds: 3 * HOUR,
      dueAt: berlin("Wed 15:00"),
      breachedAt: null,
    });
    expect(remainingSeconds(ticket.cycle(2), BER, berlin("Wed 10:00"))).toBe(5 * HOUR);
  });

  test("S41 restart: a new period", () => {
    const ticket = reopened({ reopenMode: "restart" });
    expect(ticket.cycle(2)).toMatchObject({
      startedAt: berlin("Wed 10:00"),
      elapsedSeconds: 0,
      dueAt: berlin("Thu 10:00"),
      breachedAt: null,
    });
  });

  test("S42 total: the resolved time counts, and what it used up is breached at the reopening", () => {
    const ticket = reopened({ reopenMode: "total" });
    expect(ticket.cycle(2)).toMatchObject({
      elapsedSeconds: 17 * HOUR,
      dueAt: berlin("Mon 17:00"),
      breachedAt: berlin("Wed 10:00"),
    });
  });

  test("a ticket resolved late and reopened: the promise was used up when it was", () => {
    const ticket = timeline("Mon 09:00", resolveIn(HOUR));
    ticket.at("Mon 12:00", "resolved");
    ticket.at("Tue 10:00", "open");
    expect(ticket.cycle(1).breachedAt).toBe(berlin("Mon 10:00"));
    expect(ticket.cycle(2)).toMatchObject({ dueAt: berlin("Mon 10:00"), breachedAt: berlin("Tue 10:00") });
  });

  test("reopened into waiting it is paused with what was left", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.at("Mon 12:00", "resolved");
    ticket.at("Wed 10:00", "waiting");
    expect(ticket.cycle(2)).toMatchObject({ state: "paused", elapsedSeconds: 3 * HOUR, dueAt: null });
    ticket.at("Wed 11:00", "in_progress");
    expect(ticket.cycle(2).dueAt).toBe(berlin("Wed 16:00"));
  });

  test("resolved, closed: the resolution stays as it was met", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.at("Mon 12:00", "resolved");
    const met = ticket.cycle();
    ticket.at("Tue 12:00", "closed");
    expect(ticket.cycle()).toBe(met);
    expect(ticket.cycles).toHaveLength(1);
  });
});

test("advancing twice over the same state changes nothing", () => {
  const ticket = timeline(
    "Mon 09:00",
    policy({ firstResponseTargetSeconds: HOUR, resolutionTargetSeconds: 8 * HOUR }),
  );
  ticket.at("Mon 09:30", "waiting");
  const before = ticket.cycles;
  const again = ticket.touch("Mon 09:30");
  expect(again.breached).toEqual([]);
  expect(again.cycles.map((cycle, index) => cycle === before[index])).toEqual([true, true]);
});
