import { describe, expect, test } from "vitest";
import type { RefusalError } from "../refusal.ts";
import { expectActivatable, expectRetirable, expectUnlocked } from "./catalogue.ts";

const scenario = (key: string, ...prerequisites: string[]) => ({ key, prerequisites });
const refusalOf = (act: () => void) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as RefusalError).refusal;
  }
};

describe("a scenario", () => {
  test("is locked until all that it needs is passed", () => {
    const last = scenario("c", "a", "b");
    expect(refusalOf(() => expectUnlocked(last, new Set(["b"])))).toEqual({
      code: "scenario.locked",
      missing: ["a"],
    });
    expect(refusalOf(() => expectUnlocked(last, new Set(["a", "b"])))).toBeNull();
    expect(refusalOf(() => expectUnlocked(scenario("a"), new Set()))).toBeNull();
  });

  test("is offered when what it needs is, and nothing needs itself, however long the way round", () => {
    const others = [scenario("a"), scenario("b", "a"), scenario("c", "b")];
    expect(refusalOf(() => expectActivatable(scenario("d", "c"), others))).toBeNull();
    expect(refusalOf(() => expectActivatable(scenario("d", "x"), others))).toMatchObject({
      code: "scenario.invalid",
      problems: [{ path: "prerequisites", message: "There is no scenario x.", line: null }],
    });
    for (const need of ["a", "b", "c"])
      expect(refusalOf(() => expectActivatable(scenario("a", need), others))).toMatchObject({
        code: "scenario.invalid",
      });
  });

  test("takes the place of its other revision: what that needed is of no account", () => {
    const others = [scenario("a", "b"), scenario("b")];
    expect(refusalOf(() => expectActivatable(scenario("b", "a"), others))).not.toBeNull();
    expect(refusalOf(() => expectActivatable(scenario("a"), others))).toBeNull();
  });

  test("is taken off the offer when no other on it needs it", () => {
    const all = [scenario("a"), scenario("b", "a")];
    expect(refusalOf(() => expectRetirable(all[0]!, all))).toEqual({ code: "scenario.in_use" });
    expect(refusalOf(() => expectRetirable(all[1]!, all))).toBeNull();
  });
});
