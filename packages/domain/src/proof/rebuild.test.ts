import { expect, test } from "vitest";
import { Draw } from "./draw.ts";
import { rebuild } from "./rebuild.ts";
import { drawTimeline } from "./timeline.ts";

const TIMELINES = 400;

// The timeout is for a loaded machine.
test("whatever is edited meanwhile, history folds to the clocks that are stored, and each explains its number", () => {
  const rebuilt = Array.from({ length: TIMELINES }, (_, index) => {
    const draw = new Draw(7_000_003 + index);
    return { index, ...rebuild(drawTimeline(draw), draw) };
  });
  const wrong = rebuilt.filter(({ differences, unexplained }) => differences.length + unexplained.length > 0);
  expect(wrong).toEqual([]);
  expect(rebuilt.filter(({ editCount }) => editCount > 1).length).toBeGreaterThan(TIMELINES / 3);
});
