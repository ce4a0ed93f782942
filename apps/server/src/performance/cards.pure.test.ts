import { skills } from "@helpdesk/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Held, heldSkills } from "./cards.ts";

const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);

const played = (day: number, overall: number, ...named: string[]) => ({
  localDate: dayOf(day),
  overall,
  isPassed: overall >= 7_000,
  skills: named.length > 0 ? named : ["refusing"],
});
const held = (sessions: ReturnType<typeof played>[], today = dayOf(60)): Held =>
  heldSkills(sessions, today).get("refusing")!;

const anySession = fc.record({
  day: fc.nat(80),
  overall: fc.integer({ min: 0, max: 10_000 }),
  skills: fc.subarray(skills.slice(0, 5), { minLength: 1 }),
});
const anyHistory = fc
  .array(anySession, { minLength: 1, maxLength: 30 })
  .map((some) =>
    some
      .toSorted((a, b) => a.day - b.day)
      .map(({ day, overall, skills: named }) => played(day, overall, ...named)),
  );

describe("the day that a skill is due on", () => {
  test("is the next day after a failure, and the later the better it went", () => {
    expect(held([played(0, 3_000)]).dueOn).toBe(dayOf(1));
    const days = [7_200, 9_000, 9_900].map((overall) => held([played(0, overall)]).dueOn);
    expect(days).toEqual(days.toSorted());
    expect(new Set(days).size).toBe(3);
    expect(days[0]! > dayOf(1)).toBe(true);
  });

  test("moves out with every pass in its time, and comes back with a failure", () => {
    const sessions = [played(0, 9_000)];
    let interval = 0;
    for (let turn = 0; turn < 5; turn++) {
      const { dueOn, lastOn } = held(sessions);
      const next = (Date.parse(dueOn) - Date.parse(lastOn)) / 86_400_000;
      expect(next).toBeGreaterThan(interval);
      interval = next;
      sessions.push(played((Date.parse(dueOn) - Date.parse(dayOf(0))) / 86_400_000, 9_000));
    }
    const { lastOn } = held(sessions);
    const failedOn = (Date.parse(lastOn) - Date.parse(dayOf(0))) / 86_400_000 + 1;
    const after = held([...sessions, played(failedOn, 1_000)]);
    expect((Date.parse(after.dueOn) - Date.parse(after.lastOn)) / 86_400_000).toBeLessThan(interval);
  });

  test("is not moved by practising over and over on one day", () => {
    const once = held([played(0, 9_000)]);
    const often = held(Array.from({ length: 20 }, () => played(0, 9_000)));
    expect(Date.parse(often.dueOn) - Date.parse(once.dueOn)).toBeLessThanOrEqual(86_400_000);
  });
});

describe("over thousands of random histories", () => {
  const check = (property: (sessions: ReturnType<typeof played>[]) => void) =>
    fc.assert(fc.property(anyHistory, property), { numRuns: 2_000, seed: 5 });

  test("the same sessions make the same days, whatever went on in other skills", () =>
    check((sessions) => {
      const all = heldSkills(sessions, dayOf(90));
      for (const [skill, card] of all) {
        const own = sessions
          .filter((one) => one.skills.includes(skill))
          .map((one) => ({ ...one, skills: [skill] }));
        expect(heldSkills(own, dayOf(90)).get(skill)).toEqual(card);
        expect(card.sessions).toBe(own.length);
      }
    }));

  test("a skill is due after its last session, and less is held the longer one waits", () =>
    check((sessions) => {
      const soon = heldSkills(sessions, dayOf(81));
      const late = heldSkills(sessions, dayOf(120));
      for (const [skill, card] of soon) {
        expect(card.dueOn > card.lastOn).toBe(true);
        expect(card.retrievabilityMillionths).toBeGreaterThanOrEqual(
          late.get(skill)!.retrievabilityMillionths,
        );
        expect(card.retrievabilityMillionths).toBeLessThanOrEqual(1_000_000);
      }
    }));
});
