import { expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import { assign } from "./assign.ts";
import { ada, after, cora, desk, mia, minute, movedTo, opened, system } from "./desk.fixtures.ts";
import { closeResolved } from "./close-resolved.ts";
import { isResolution, receiveRating } from "./rating.ts";
import { reopen } from "./reopen.ts";

const assigned = assign(after(opened(), mia, minute(5)), { candidate: ada, assignee: null, version: 1 });
const resolved = movedTo("resolved", assigned);

test("a resolution is asked about when a ticket comes to resolved or closed, by anybody but its customer", () => {
  expect(isResolution(resolved, mia)).toBe(true);
  expect(isResolution(movedTo("closed", assigned), ada)).toBe(true);
  expect(isResolution(resolved, cora)).toBe(false);
});

test("an opening, other moves, a reopening and the closing of what was resolved are no resolutions", () => {
  expect(isResolution(opened(), mia)).toBe(false);
  expect(isResolution(movedTo("waiting", assigned), mia)).toBe(false);
  const closed = closeResolved(after(resolved, system, minute(60 * 24 * 8)), { afterDays: 7 });
  expect(closed.ticket.closedAt).not.toBeNull();
  expect(isResolution(closed, system)).toBe(false);
  const { version } = closed.ticket;
  const again = reopen(after(closed, mia, minute(60 * 24 * 9)), { reason: "No", version });
  expect(isResolution(again, mia)).toBe(false);
});

test("a rating is told to the assignee, and changes nothing else of the ticket, closed or not", () => {
  for (const state of [resolved, movedTo("closed", assigned)]) {
    const rated = receiveRating(after(state, cora, minute(30)), { score: "bad", comment: "Slow" });
    expect(notificationsOf(rated, desk, cora)).toEqual([{ userId: "ada", kind: "rating_received" }]);
    expect(rated.events).toMatchObject([
      {
        kind: "rating_received",
        changes: { rating: { to: { id: "bad", label: "Bad" } }, comment: { to: { label: "Slow" } } },
      },
    ]);
    const { lastEventSequence, updatedAt: _at, ...rest } = rated.ticket;
    expect(lastEventSequence).toBe(state.ticket.lastEventSequence + 1);
    expect(state.ticket).toMatchObject(rest);
  }
});
