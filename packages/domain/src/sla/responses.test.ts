import { describe, expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { BER, berlin, HOUR, policy, resolveIn, timeline } from "./cases/timeline.ts";
import { usedSeconds } from "./cycle.ts";

const MINUTE = 60;
const answerIn = (seconds: number) => policy({ nextResponseTargetSeconds: seconds });

/** Opened at nine and answered at once. */
const answered = (seconds: number, openedAt = "Mon 09:00") => {
  const ticket = timeline(openedAt, answerIn(seconds));
  ticket.answer(openedAt);
  return ticket;
};

describe("next response", () => {
  test("S37 counts from the first message that nobody has answered", () => {
    const ticket = answered(HOUR);
    expect(ticket.ask("Mon 10:00").dueCache.nextResponseDueAt).toBe(berlin("Mon 11:00"));
    ticket.ask("Mon 10:20");
    ticket.ask("Mon 10:40");
    expect(ticket.answer("Mon 11:05").breached).toEqual([ticket.cycle(1)]);
    expect(ticket.cycle(1)).toMatchObject({
      state: "satisfied",
      dueAt: berlin("Mon 11:00"),
      breachedAt: berlin("Mon 11:00"),
      elapsedSeconds: 65 * MINUTE,
    });
    expect(ticket.ask("Mon 11:30").dueCache.nextResponseDueAt).toBe(berlin("Mon 12:30"));
    expect(ticket.answer("Mon 11:45").dueCache.nextResponseDueAt).toBeNull();
    expect(ticket.cycles).toHaveLength(2);
    expect(ticket.cycle(2)).toMatchObject({
      state: "satisfied",
      elapsedSeconds: 15 * MINUTE,
      breachedAt: null,
    });
  });

  test("S38 begins only after the first response", () => {
    const both = policy({ firstResponseTargetSeconds: 4 * HOUR, nextResponseTargetSeconds: HOUR });
    const ticket = timeline("Mon 09:00", both);
    ticket.ask("Mon 09:30");
    expect(ticket.touch("Mon 11:00").dueCache).toEqual({
      firstResponseDueAt: berlin("Mon 13:00"),
      nextResponseDueAt: null,
      resolutionDueAt: null,
    });
    expect(ticket.cyclesOf("next_response")).toEqual([]);
    ticket.answer("Mon 12:00");
    expect(ticket.ask("Mon 12:10").dueCache.nextResponseDueAt).toBe(berlin("Mon 13:10"));
  });

  test("S39 counts business time only", () => {
    const ticket = answered(HOUR / 2, "Fri 09:00");
    expect(ticket.ask("Fri 16:50").dueCache.nextResponseDueAt).toBe(berlin("Mon+7 09:20"));
    ticket.answer("Fri 17:20");
    expect(ticket.cycle()).toMatchObject({ state: "satisfied", elapsedSeconds: 600, breachedAt: null });
  });

  test("S43 ends with the ticket's resolution, closing or merging: no breach comes later", () => {
    const ends = ["resolved", "closed", "merged"] as const;
    for (const end of ends) {
      const ticket = answered(HOUR);
      ticket.ask("Mon 10:00");
      if (end === "merged") ticket.merge("Mon 10:30");
      else ticket.at("Mon 10:30", end);
      expect(ticket.cycle(), end).toMatchObject({ state: "cancelled", breachedAt: null });
      expect(ticket.touch("Mon 16:00").breached).toEqual([]);
    }
  });

  test("a later policy that promises one counts from the message, not from the policy", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.answer("Mon 09:30");
    ticket.ask("Mon 10:00");
    ticket.governedBy("Mon 10:40", { ...answerIn(HOUR), resolutionTargetSeconds: 8 * HOUR });
    expect(ticket.cyclesOf("next_response")).toMatchObject([
      { startedAt: berlin("Mon 10:00"), elapsedSeconds: 40 * MINUTE, dueAt: berlin("Mon 11:00") },
    ]);
  });

  test("pauses in waiting where its policy says so, and is counted on", () => {
    const ticket = timeline("Mon 09:00", { ...answerIn(HOUR), pausesFirstResponse: true });
    ticket.answer("Mon 09:00");
    ticket.ask("Mon 10:00");
    expect(ticket.at("Mon 10:20", "waiting").dueCache.nextResponseDueAt).toBeNull();
    expect(ticket.at("Mon 12:00", "open").dueCache.nextResponseDueAt).toBe(berlin("Mon 12:40"));
  });
});

test("S43 merged before due, all clocks of a ticket end", () => {
  const all = policy({ firstResponseTargetSeconds: HOUR, resolutionTargetSeconds: 8 * HOUR });
  const ticket = timeline("Mon 09:00", all);
  expect(ticket.merge("Mon 09:30").dueCache).toEqual({
    firstResponseDueAt: null,
    nextResponseDueAt: null,
    resolutionDueAt: null,
  });
  expect(ticket.cycles.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  expect(ticket.touch("Tue 16:00").breached).toEqual([]);
});

describe("warnings", () => {
  const warned = (target: number, before: number) =>
    resolveIn(target, { warnings: { beforeDueSeconds: { resolution: before } } });

  test("S49 come in business time before due", () => {
    const ticket = timeline("Mon 16:00", warned(90 * MINUTE, HOUR));
    expect(ticket.cycle()).toMatchObject({
      dueAt: berlin("Tue 09:30"),
      warningAt: berlin("Mon 16:30"),
      warnedAt: null,
    });
    expect(ticket.touch("Mon 16:29").warned).toEqual([]);
    expect(ticket.touch("Mon 16:30").warned).toEqual([ticket.cycle()]);
    expect(ticket.touch("Mon 16:31").warned).toEqual([]);
    expect(ticket.cycle().warnedAt).toBe(berlin("Mon 16:30"));
  });

  test("move with a pause, and come once whatever pauses follow", () => {
    const ticket = timeline("Mon 09:00", warned(2 * HOUR, HOUR));
    ticket.at("Mon 09:30", "waiting");
    expect(ticket.cycle().warningAt).toBeNull();
    ticket.at("Mon 11:00", "open");
    expect(ticket.cycle().warningAt).toBe(berlin("Mon 11:30"));
    expect(ticket.touch("Mon 11:45").warned).toHaveLength(1);
    ticket.at("Mon 12:00", "waiting");
    expect(ticket.at("Mon 13:00", "open").warned).toEqual([]);
    expect(ticket.touch("Mon 13:10").warned).toEqual([]);
  });

  test("come at once where a shorter promise leaves less than their time", () => {
    const ticket = timeline("Mon 09:00", resolveIn(8 * HOUR));
    ticket.governedBy("Mon 12:00", warned(4 * HOUR, 2 * HOUR));
    expect(ticket.cycle(2).warningAt).toBe(berlin("Mon 12:00"));
    expect(ticket.touch("Mon 12:01").warned).toEqual([ticket.cycle(2)]);
  });

  test("do not come where nobody looked until the breach, nor where they are as long as the promise", () => {
    const late = timeline("Mon 09:00", warned(2 * HOUR, HOUR));
    const { warned: told, breached } = late.touch("Mon 11:01");
    expect({ told, breached: breached.length }).toEqual({ told: [], breached: 1 });
    expect(timeline("Mon 09:00", warned(HOUR, HOUR)).cycle().warningAt).toBeNull();
  });
});

test("S54 at one instant a stop beats a breach, and a pause does", () => {
  const due = berlin("Mon 10:00");
  const stopped = timeline("Mon 09:00", policy({ firstResponseTargetSeconds: HOUR }));
  stopped.answer("Mon 10:00");
  expect(stopped.cycle()).toMatchObject({ state: "satisfied", elapsedSeconds: HOUR, breachedAt: null });
  const paused = timeline("Mon 09:00", resolveIn(HOUR));
  paused.at("Mon 10:00", "waiting");
  expect(paused.cycle()).toMatchObject({ state: "paused", breachedAt: null });
  expect(usedSeconds(paused.cycle(), BER, plusSeconds(due, HOUR))).toBe(HOUR);
});
