import { describe, expect, test } from "vitest";
import { type Instant, plusSeconds } from "../instant.ts";
import type { StatusCategory } from "../values.ts";
import { compileCalendar } from "./business-time.ts";
import type { BusinessCalendar } from "./calendar.ts";
import {
  advanceClocks,
  type ClockedTicket,
  type Clocks,
  type ClockRules,
  type DeskCalendar,
} from "./clocks.ts";
import {
  isBreached,
  remainingSeconds,
  satisfyCycle,
  type SlaCycle,
  startCycle,
  usedSeconds,
} from "./cycle.ts";
import { dueAt } from "./due.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { type CategoryChange, periodOf, recalculateCycle } from "./period.ts";
import { policyDefaults, type SlaPolicy } from "./policy.ts";

const hours = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);
const calendar = (id: string, timeZone: string, holidays: string[] = []): DeskCalendar => ({
  ...compileCalendar({ timeZone, hours, holidays } as BusinessCalendar),
  id,
  version: 1,
});
const BER = calendar("BER", "Europe/Berlin");
const NY = calendar("NY", "America/New_York");
const calendarOf = (id: string) => (id === "NY" ? NY : BER);

const days = { Mon: "12", Tue: "13", Wed: "14", Thu: "15", Fri: "16", "Mon+7": "19" };
/** "Mon 09:00" in Berlin, in the week of 2026-01-12. */
function berlin(words: string): Instant {
  const [day, time] = words.split(" ") as [keyof typeof days, string];
  return `2026-01-${days[day]}T${String(Number(time.slice(0, 2)) - 1).padStart(2, "0")}${time.slice(2)}:00.000Z`;
}
const HOUR = 3600;

const policy = (change: Partial<SlaPolicy>): SlaPolicy => ({
  ...policyDefaults,
  id: `policy ${change.firstResponseTargetSeconds ?? ""}/${change.resolutionTargetSeconds ?? ""}`,
  version: 1,
  position: 1,
  conditions: {},
  calendarId: "BER",
  firstResponseTargetSeconds: null,
  nextResponseTargetSeconds: null,
  resolutionTargetSeconds: null,
  isActive: true,
  ...change,
});
const resolveIn = (seconds: number, change: Partial<SlaPolicy> = {}) =>
  policy({ resolutionTargetSeconds: seconds, ...change });

/** A ticket whose clocks are advanced as its use cases would. */
function timeline(openedAt: string, first: SlaPolicy, firstCalendar = BER) {
  let governed: ClockRules["governed"] = { policy: first, calendar: firstCalendar };
  let ticket: ClockedTicket = { createdAt: berlin(openedAt), category: "open", firstRespondedAt: null };
  let history: CategoryChange[] = [{ at: ticket.createdAt, category: "open" }];
  let clocks = advanceClocks([], ticket, ticket.createdAt, { governed, calendarOf, history });
  const advance = (at: Instant, change: Partial<ClockedTicket>): Clocks => {
    ticket = { ...ticket, ...change };
    return (clocks = advanceClocks(clocks.cycles, ticket, at, { governed, calendarOf, history }));
  };
  return {
    at: (words: string, category: StatusCategory) => {
      history = [...history, { at: berlin(words), category }];
      return advance(berlin(words), { category });
    },
    answer: (words: string) => advance(berlin(words), { firstRespondedAt: berlin(words) }),
    governedBy: (words: string, next: SlaPolicy | null, by = BER) => {
      governed = next && { policy: next, calendar: by };
      return advance(berlin(words), {});
    },
    touch: (words: string) => advance(berlin(words), {}),
    cycle: (ordinal = 1): SlaCycle => clocks.cycles[ordinal - 1]!,
    get cycles() {
      return clocks.cycles;
    },
    get history() {
      return history;
    },
  };
}

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
    expect(ticket.cycle(3).elapsedSeconds).toBe(13 * HOUR);
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

  test("S39 a half hour over the weekend", () => {
    const terms = {
      policyId: "p",
      policyVersion: 1,
      calendarId: "BER",
      calendarVersion: 1,
      targetSeconds: HOUR / 2,
    };
    const opened = startCycle(BER, {
      metric: "next_response",
      ordinal: 1,
      terms,
      startedAt: berlin("Fri 16:50"),
    });
    expect(opened.dueAt).toBe(berlin("Mon+7 09:20"));
    expect(satisfyCycle(opened, BER, berlin("Fri 17:20"))).toMatchObject({
      elapsedSeconds: 600,
      breachedAt: null,
    });
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

describe("calendar edits", () => {
  const april = (time: string): Instant => `2026-${time}:00.000Z`;
  const edited = calendar("BER", "Europe/Berlin", ["2026-05-01"]);
  const history = [{ at: april("04-30T14:00"), category: "open" as const }];
  const opened = () => {
    const terms = {
      policyId: "p",
      policyVersion: 1,
      calendarId: "BER",
      calendarVersion: 1,
      targetSeconds: 2 * HOUR,
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
      period: periodOf(earlier, "resolution", cycle.startedAt, resolveIn(2 * HOUR), changes),
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
      calendarId: "BER",
      calendarVersion: 1,
      targetSeconds: 2 * HOUR,
    };
    const cycle = startCycle(edited, {
      metric: "resolution",
      ordinal: 1,
      terms,
      startedAt: april("04-30T14:00"),
    });
    const period = periodOf([], "resolution", cycle.startedAt, resolveIn(2 * HOUR), history);
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

test("S49 due the next morning, an hour of business time left at the warning", () => {
  const due = dueAt(BER, berlin("Mon 16:00"), 90 * 60);
  expect(due).toBe(berlin("Tue 09:30"));
  expect(elapsedSeconds(BER, berlin("Mon 16:30"), due)).toBe(HOUR);
  expect(dueAt(BER, berlin("Mon 16:00"), 90 * 60 - HOUR)).toBe(berlin("Mon 16:30"));
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
