import { expect, test } from "vitest";
import {
  type Ticket,
  type TicketChange,
  type TicketPages,
  isCurrent,
  lastEntryOf,
  patchedRow,
  patchedTicket,
  patchedView,
} from "./ticket-cache.ts";

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 9, 0, second)).toISOString();

/** Only what the laws are about. */
const ticket = {
  id: "t",
  number: 1,
  title: "Till",
  status: "open",
  priority: "low",
  version: 1,
  updatedAt: at(0),
  tags: ["a"],
  timeline: [{ id: "e0", ticket: { id: "t", number: 1 } }],
} as unknown as Ticket;

/** Five things that happen: three change the version, and each has an entry. */
const story = [
  { version: 2, updatedAt: at(1), status: "in_progress" },
  { version: 2, updatedAt: at(2) },
  { version: 3, updatedAt: at(3), priority: "high" },
  { version: 3, updatedAt: at(4) },
  { version: 4, updatedAt: at(5), status: "resolved" },
];
const { tags: _, timeline: __, ...first } = ticket;
const messages: TicketChange[] = story.map((_, index) => ({
  ticket: Object.assign({}, first, ...story.slice(0, index + 1)),
  entries: [{ id: `e${index + 1}`, ticket: { id: "t", number: 1 } }] as TicketChange["entries"],
}));
const whole = messages.reduce(patchedTicket, ticket);

/** The same each time it is run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test("a story told once is what it led to, with all its entries", () => {
  expect(whole).toMatchObject({ version: 4, status: "resolved", priority: "high", tags: ["a"] });
  expect(whole.timeline.map(({ id }) => id)).toEqual(["e0", "e1", "e2", "e3", "e4", "e5"]);
  expect(lastEntryOf(whole)).toBe("e5");
});

test("whatever of it is told again, whenever, the ticket is the same", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const below = numbers(seed);
    const told: TicketChange[] = [];
    for (const [index, message] of messages.entries()) {
      told.push(message);
      for (let again = below(4); again > 0; again--) told.push(messages[below(index + 1)]!);
    }
    expect(told.reduce(patchedTicket, ticket)).toEqual(whole);
  }
});

test("a row comes to the same in whatever order the states of its ticket come", () => {
  const row = { ...first };
  for (let seed = 1; seed <= 200; seed++) {
    const below = numbers(seed);
    const told = [...messages, ...messages].map(({ ticket: header }) => ({ header, key: below(1_000) }));
    const mixed = told.toSorted((a, b) => a.key - b.key).map(({ header }) => header);
    expect(mixed.reduce((known, header) => patchedRow(known, header), row)).toEqual(messages.at(-1)!.ticket);
  }
});

test("a row gets no field that it has not, and stays the same object where nothing is new", () => {
  const row = { id: "t", version: 1, updatedAt: at(0), status: "open" };
  expect(patchedRow(row, messages[0]!.ticket)).toEqual({
    id: "t",
    version: 2,
    updatedAt: at(1),
    status: "in_progress",
  });
  expect(patchedRow(row, { ...row })).toBe(row);
  expect(isCurrent({ version: 1, updatedAt: at(9) }, { version: 2, updatedAt: at(0) })).toBe(false);
});

test("in a view rows change and leave where they are, twice as once, and none comes in by itself", () => {
  const row = (id: string, version: number) => ({ ...first, id, version });
  const pages = {
    pages: [
      { items: [row("a", 1), row("b", 1)], nextCursor: "b" },
      { items: [row("c", 1)], nextCursor: null },
    ],
    pageParams: [null, "b"],
  } as TicketPages;
  const change = { changed: [row("c", 2), row("new", 1)], left: ["a"], isReset: false };
  const once = patchedView(pages, change);
  expect(once.pages.map(({ items }) => items.map(({ id, version }) => [id, version]))).toEqual([
    [["b", 1]],
    [["c", 2]],
  ]);
  expect(patchedView(once, change)).toBe(once);
  expect(patchedView(once, { changed: [row("c", 1)], left: [], isReset: false })).toBe(once);
});
