import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attemptXp, xpGain } from "../xp.ts";
import { summaryOf, totalXp } from "./summary.ts";
import { counted } from "./counted.fixtures.ts";
import { acceptanceOf } from "./pressure.ts";
import { trendOf } from "./trend.ts";

describe("XP", () => {
  const hints = { nudge: 0, guided: 0, strong: 0 };
  const attempts = [5_900, 7_400, 9_200, 8_800].map((overall, index) =>
    attemptXp(100, {
      overall,
      isPassed: overall >= 7_000,
      isFirst: index === 0,
      hints: index === 1 ? { ...hints, guided: 1 } : hints,
    }),
  );

  test("attempts of 59, 74 with a guided hint, 92 and 88 pay 0, 51, 36 and 0", () => {
    let best = 0;
    const gains = attempts.map((xp) => {
      const gain = xpGain(xp, best);
      best = Math.max(best, xp);
      return gain;
    });
    expect(gains).toEqual([0, 51, 36, 0]);
    expect(
      totalXp(
        attempts.map((xp) => counted({ xp })),
        0,
      ),
    ).toBe(87);
  });

  test("is what the best attempts of all scenarios are worth, in whatever order they were made", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ scenarioKey: fc.constantFrom("a", "b", "c"), xp: fc.nat(300) }), {
          maxLength: 20,
        }),
        fc.nat(500),
        (attempts, achievementXp) => {
          const sessions = attempts.map(counted);
          const best = { a: 0, b: 0, c: 0 } as Record<string, number>;
          for (const { scenarioKey, xp } of attempts) best[scenarioKey] = Math.max(best[scenarioKey]!, xp);
          const expected = Object.values(best).reduce((sum, xp) => sum + xp, achievementXp);
          expect(totalXp(sessions, achievementXp)).toBe(expected);
          expect(totalXp(sessions.toReversed(), achievementXp)).toBe(expected);
        },
      ),
      { numRuns: 1_000, seed: 4 },
    );
  });
});

describe("a summary", () => {
  const sessions = [
    counted({ scenarioKey: "vpn", overall: 5_000, isPassed: false, xp: 0, localDate: "2026-01-12" }),
    counted({ scenarioKey: "vpn", overall: 9_000, xp: 83, localDate: "2026-01-13", skills: ["networking"] }),
    counted({
      scenarioKey: "printer",
      overall: 9_000,
      xp: 42,
      localDate: "2026-01-14",
      skills: ["hardware", "networking"],
    }),
  ];

  test("has the level that the XP reach, and where it began and ends", () => {
    const { xp, level, levelXp, nextLevelXp } = summaryOf(sessions, {
      achievementXp: 25,
      today: "2026-01-14",
    });
    expect({ xp, level, levelXp, nextLevelXp }).toEqual({
      xp: 150,
      level: 2,
      levelXp: 100,
      nextLevelXp: 300,
    });
  });

  test("counts days in a row on which something was passed", () => {
    expect(summaryOf(sessions, { achievementXp: 0, today: "2026-01-14" }).streak).toEqual({
      current: 2,
      longest: 2,
    });
    expect(summaryOf(sessions, { achievementXp: 0, today: "2026-01-16" }).streak).toEqual({
      current: 0,
      longest: 2,
    });
  });

  test("names the best attempt of each scenario, and how many there were", () => {
    const { personalBests } = summaryOf(sessions, { achievementXp: 0, today: "2026-01-14" });
    expect(
      personalBests.map(({ scenarioKey, overall, attempts }) => [scenarioKey, overall, attempts]),
    ).toEqual([
      ["printer", 9_000, 1],
      ["vpn", 9_000, 2],
    ]);
  });

  test("averages each skill over the sessions that train it", () => {
    const { bySkill } = summaryOf(sessions, { achievementXp: 0, today: "2026-01-14" });
    expect(bySkill.map(({ skill, count }) => [skill, count])).toEqual([
      ["hardware", 1],
      ["identity_check", 1],
      ["networking", 2],
    ]);
  });
});

test("a trend compares the latest five with the five before, and says nothing where there are none", () => {
  expect(trendOf([])).toEqual({ count: 0, average: null, recent: null, change: null });
  expect(trendOf([100, null, 300])).toEqual({ count: 2, average: 200, recent: 200, change: null });
  expect(trendOf([100, 200, 200, 200, 200, 200])).toMatchObject({ recent: 200, change: 100 });
});

describe("acceptance", () => {
  const traits = counted({}).traits;
  const impostor = (
    pressures: ("urgency" | "threat" | "none")[],
    acceptedUnder: "urgency" | "threat" | "none" | null,
  ) => counted({ castRole: "impostor", traits: { ...traits, pressures, acceptedUnder } });
  const sessions = [
    impostor(["urgency", "threat"], "threat"),
    impostor(["urgency"], null),
    impostor(["none"], "none"),
    counted({ traits: { ...traits, rejectedUnder: "none" } }),
    counted({}),
  ];
  const { falseAccepts, falseRejects, byPressure } = acceptanceOf(sessions);

  test("counts impostors who got in among impostors, and owners sent away among owners", () => {
    expect([falseAccepts.count, falseAccepts.of, falseRejects.count, falseRejects.of]).toEqual([2, 3, 1, 2]);
    expect(falseRejects.millionths).toBe(500_000);
  });

  test("lays a false accept to what was pressed with last, among those who met it", () => {
    const of = (pressure: string) => byPressure.find((each) => each.pressure === pressure)!.falseAccepts;
    expect([of("threat").count, of("threat").of]).toEqual([1, 1]);
    expect([of("urgency").count, of("urgency").of]).toEqual([0, 2]);
    expect([of("none").count, of("none").of]).toEqual([1, 3]);
    expect(of("sympathy")).toEqual({ count: 0, of: 0, millionths: null });
  });
});
