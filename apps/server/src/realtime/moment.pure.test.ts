import { RefusalError } from "@helpdesk/domain";
import { expect, test } from "vitest";
import { laterOf, readMoment } from "./moment.ts";

test("a moment is taken as PostgreSQL writes it, and whatever it would not read is refused", () => {
  for (const right of ["1:1:", "700:705:701,704", "700:705:700"]) expect(readMoment(right)).toBe(right);
  const wrong = [
    "",
    "1",
    "0:1:",
    "5:4:",
    "1:9:3,2",
    "1:9:3,3",
    "3:9:2",
    "1:9:9",
    "1:2:x",
    "1:9:,2",
    "1:2:;drop",
  ];
  for (const id of wrong) expect(() => readMoment(id), id).toThrow(RefusalError);
});

test("of two moments the later one is known, whichever way they are asked about", () => {
  const inOrder = [
    "700:700:",
    "700:705:700,703",
    "700:705:700",
    "701:705:701",
    "705:705:",
    "705:706:705",
    "706:706:",
  ];
  for (const [i, before] of inOrder.entries())
    for (const after of inOrder.slice(i)) {
      expect(laterOf(before, after)).toBe(after);
      expect(laterOf(after, before)).toBe(after);
    }
});
