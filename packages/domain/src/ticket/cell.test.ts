import { expect, test } from "vitest";
import { type Countable, cellChanges, cellsOf } from "./cell.ts";

const ticket: Countable = {
  statusId: "open",
  priority: "medium",
  source: "web",
  isSimulated: false,
  departmentId: null,
  assigneeId: "ada",
  resolutionDueAt: "2026-01-12T16:00:00.000Z",
  tagIds: [],
};
const tagged: Countable = { ...ticket, tagIds: ["z", "a"] };

test("a ticket is in a cell whatever its tags, and one with tags in that of its tags in their order", () => {
  expect(cellsOf(ticket).map(({ tagIds }) => tagIds)).toEqual([null]);
  expect(cellsOf(tagged).map(({ tagIds }) => tagIds)).toEqual([null, ["a", "z"]]);
  expect(cellsOf(ticket)[0]).toMatchObject({ hasDue: true, assigneeId: "ada" });
  expect(cellsOf({ ...ticket, resolutionDueAt: null })[0]).toMatchObject({ hasDue: false });
});

test("a new ticket counts once in each of its cells", () => {
  expect(cellChanges(null, tagged).map(({ amount }) => amount)).toEqual([1, 1]);
});

test("a ticket that stays where it is changes no count, even if its due instant or the order of its tags changes", () => {
  expect(cellChanges(ticket, { ...ticket, resolutionDueAt: "2026-01-13T16:00:00.000Z" })).toEqual([]);
  expect(cellChanges(tagged, { ...tagged, tagIds: ["a", "z"] })).toEqual([]);
});

test("a move leaves each cell that it came from and enters each that it goes to; tags alone leave the other cell alone", () => {
  const moved = cellChanges(tagged, { ...tagged, priority: "high" });
  expect(moved.map(({ priority, amount }) => `${priority} ${amount}`)).toEqual([
    "medium -1",
    "medium -1",
    "high 1",
    "high 1",
  ]);
  expect(
    cellChanges(tagged, { ...tagged, tagIds: ["a"] }).map(({ tagIds, amount }) => [tagIds, amount]),
  ).toEqual([
    [["a", "z"], -1],
    [["a"], 1],
  ]);
});
