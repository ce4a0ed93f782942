import { expect, test } from "vitest";
import { grade } from "../grade.ts";
import { playedPart } from "../session-log.ts";
import { finish } from "./finish.ts";
import { pointOfNoReturn } from "./no-return.ts";
import { drawSession, goOn } from "./session.fixtures.ts";
import { moveOf } from "../move.ts";
import { noReturnWords } from "./words.ts";

test("before the point of no return there is a way to pass, and from it on no continuation passes", () => {
  const why = new Set<string>();
  for (let seed = 1; seed <= 180; seed += 1) {
    const { setting: drawn, log } = drawSession(seed);
    // A high mark is lost by small things.
    const scenario = { ...drawn.scenario, passMark: [70, 85, 95][seed % 3]! };
    const setting = { ...drawn, scenario };
    const { castId } = setting;
    const lost = pointOfNoReturn(setting, log);
    // It was passed, or it still can be.
    expect(lost === null).toBe(finish(setting, log).isPassed);
    why.add(lost?.why.kind ?? "none");
    if (!lost) continue;
    expect(grade(scenario, castId, log).isPassed).toBe(false);
    const part = playedPart(log);
    const at = part.findIndex(({ sequence }) => sequence === lost.sequence);
    const next = part.findIndex((event, index) => index > at && moveOf(event) !== null);
    const before = part.slice(0, at);
    const after = part.slice(0, next < 0 ? part.length : next);
    expect(finish(setting, before)).toMatchObject({ isPassed: true, overall: lost.before });
    expect(finish(setting, after)).toMatchObject({ isPassed: false, overall: lost.after });
    for (let again = 1; again <= 4; again += 1)
      expect(grade(scenario, castId, goOn({ setting, log: after }, seed * 100 + again)).isPassed).toBe(false);
    expect(noReturnWords(scenario, log, lost)).toMatch(/out of reach/);
  }
  expect([...why].toSorted()).toEqual(["auto_fail", "customer_left", "ended", "none", "points"]);
});
