import { describe, expect, test } from "vitest";
import { assign } from "./assign.ts";
import { closeResolved } from "./close-resolved.ts";
import {
  ada,
  after,
  desk,
  mia,
  minute,
  movedTo,
  opened,
  refusalOf,
  statusId,
  system,
} from "./desk.fixtures.ts";
import { reopen } from "./reopen.ts";
import { setStatus } from "./set-status.ts";
import { defaultStatuses, type Status, StatusGraph } from "./status.ts";

const DAY = 24 * 60;
const input = { reason: "Not done after all", version: 2 };

describe("reopening", () => {
  test("takes a closed ticket that nobody has to its beginning, with the reason before the move", () => {
    const { ticket, events } = reopen(after(movedTo("closed"), mia, minute(20)), input);
    expect(ticket).toMatchObject({
      statusId: statusId("open"),
      closedAt: null,
      resolvedAt: null,
      version: 3,
    });
    expect(events.map(({ kind, changes }) => [kind, changes])).toEqual([
      ["ticket_reopened", { reason: { from: null, to: { id: "", label: "Not done after all" } } }],
      [
        "status_changed",
        { status: { from: { id: "closed", label: "Closed" }, to: { id: "open", label: "Open" } } },
      ],
    ]);
  });

  test("takes one that somebody has back to their work, and its clocks run again", () => {
    const held = assign(after(opened(), mia, minute(5)), { candidate: ada, assignee: null, version: 1 });
    const reopened = reopen(after(movedTo("closed", held), mia, minute(20)), { ...input, version: 3 });
    expect(reopened.ticket).toMatchObject({ statusId: statusId("in_progress"), assigneeId: "ada" });
    expect(reopened.ticket.resolutionDueAt).not.toBeNull();
  });

  test("is for closed tickets of the version read, and nothing else", () => {
    const closed = after(movedTo("closed"), mia, minute(20));
    expect(refusalOf(() => reopen(closed, input))).toBeNull();
    expect(refusalOf(() => reopen(closed, { ...input, version: 1 }))).toMatchObject({
      code: "version.conflict",
    });
    for (const status of ["in_progress", "waiting", "resolved"]) {
      const situation = after(movedTo(status), mia, minute(20));
      expect(refusalOf(() => reopen(situation, input))).toEqual({ code: "ticket.not_closed" });
    }
  });
});

describe("closing by itself", () => {
  const resolved = movedTo("resolved");
  const closedAt = (at: number) =>
    closeResolved(after(resolved, system, minute(at)), { afterDays: 7 }).ticket.closedAt;

  test("comes the given days after resolving, to the second", () => {
    expect(closedAt(10 + 7 * DAY)).toBe(minute(10 + 7 * DAY));
    expect(closedAt(9 + 7 * DAY)).toBeNull();
  });

  test("does not come for what is not resolved, nor where no way leads to closed", () => {
    for (const status of ["in_progress", "waiting", "closed"]) {
      const { events } = closeResolved(after(movedTo(status), system, minute(30 * DAY)), { afterDays: 7 });
      expect(events.filter(({ kind }) => kind === "status_changed")).toEqual([]);
    }
    const statuses = new StatusGraph(
      defaultStatuses.map(({ next, ...status }, position): Status => ({
        ...status,
        id: statusId(status.key),
        position,
        nextIds: next.filter((key) => key !== "closed").map(statusId),
      })),
    );
    const endless = { ...desk, statuses };
    const { ticket } = closeResolved(after(resolved, system, minute(30 * DAY), endless), { afterDays: 7 });
    expect(ticket.statusId).toBe(statusId("resolved"));
  });

  test("does not come for one resolved again since, before its days are over again", () => {
    const back = setStatus(after(resolved, ada, minute(DAY)), { status: "open", version: 2 });
    const again = setStatus(after(back, ada, minute(2 * DAY)), { status: "resolved", version: 3 });
    const closed = (at: number) =>
      closeResolved(after(again, system, minute(at)), { afterDays: 7 }).ticket.closedAt !== null;
    expect([closed(8 * DAY), closed(9 * DAY)]).toEqual([false, true]);
  });
});
