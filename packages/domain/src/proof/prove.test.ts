import { expect, test } from "vitest";
import { calendarEditions } from "./calendars.ts";
import { Draw } from "./draw.ts";
import { compare, prove } from "./prove.ts";
import { Reference } from "./reference.ts";
import { drawTimeline } from "./timeline.ts";

const TIMELINES = 400;
const SEED = 20_260_112;

// `pnpm -s helpdesk sla prove` runs thousands. The timeout is for a loaded machine.
test("the engine keeps the clocks of any timeline as a second-by-second count does", () => {
  const { differences, ...counts } = prove({ timelines: TIMELINES, seed: SEED });
  expect(differences.map(({ timeline }) => JSON.stringify(timeline))).toEqual([]);
  expect(counts.timelines).toBe(TIMELINES);
  expect(counts.acts).toBeGreaterThan(5 * TIMELINES);
  expect(counts.cycles).toBeGreaterThan(2 * TIMELINES);
  expect(counts.breaches).toBeGreaterThan(TIMELINES);
});

test("timelines of a seed are the same each time, and of another seed others", () => {
  const drawn = (seed: number) => JSON.stringify(drawTimeline(new Draw(seed)));
  expect(drawn(7)).toBe(drawn(7));
  expect(drawn(7)).not.toBe(drawn(8));
});

test("a count that is off by a second is found out", () => {
  const until = Reference.prototype.until;
  Reference.prototype.until = function (this: Reference, second: number) {
    until.call(this, second);
    for (const cycle of this.cycles) if (cycle.state === "satisfied") cycle.usedSeconds += 1;
  };
  try {
    expect(prove({ timelines: 20, seed: SEED }).differences.length).toBeGreaterThan(10);
  } finally {
    Reference.prototype.until = until;
  }
});

test("timelines go by seconds: in more than a third of them neither acts nor targets are whole minutes", () => {
  const drawn = Array.from({ length: TIMELINES }, (_, index) => drawTimeline(new Draw(index)));
  const isOdd = (seconds: number | null) => seconds !== null && seconds % 60 !== 0;
  const odd = drawn.filter(
    ({ acts, rules }) =>
      acts.some(({ at }) => isOdd(at)) &&
      rules.policies.some(({ targets }) => Object.values(targets).some(isOdd)),
  );
  expect(odd.length).toBeGreaterThan(TIMELINES / 3);
});

test("timelines have every kind of act, pause, reopening, and edit of each calendar", () => {
  const drawn = Array.from({ length: TIMELINES }, (_, index) => drawTimeline(new Draw(index)));
  const acts = new Set(drawn.flatMap((timeline) => timeline.acts.map(({ act }) => act)));
  expect([...acts].toSorted()).toEqual(
    "acknowledge answer ask edit_rules look merge move prioritize reopen route unmerge".split(" "),
  );
  const rules = drawn.flatMap((timeline) =>
    timeline.acts.flatMap((act) => (act.act === "edit_rules" ? [act.rules] : [])),
  );
  for (const [id, editions] of Object.entries(calendarEditions)) {
    const met = new Set(rules.map((each) => each.editions[id]));
    expect(met.size, id).toBe(editions.length);
  }
  const differing = drawn.filter((timeline) => compare(timeline) !== null);
  expect(differing).toEqual([]);
});
