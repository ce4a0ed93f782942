import { describe, expect, test } from "vitest";
import { assign } from "./assign.ts";
import {
  ada,
  after,
  ben,
  cora,
  desk,
  minute,
  movedTo,
  opened,
  openedAt,
  refusalOf,
  statusId,
  system,
} from "./desk.fixtures.ts";
import { reply } from "./reply.ts";
import { type Status, StatusGraph } from "./status.ts";

const input = { commentId: "comment", body: "Have you tried water?" };
const assigned = assign(after(opened(), ada, minute(5)), { candidate: ada, assignee: null, version: 1 });

describe("a public reply", () => {
  test("is a public comment and an event that names it; the version stays", () => {
    const { comment, events, ticket } = reply(after(opened(), ada, minute(20)), input);
    expect(comment).toEqual({ id: "comment", visibility: "public", body: input.body });
    expect(events).toEqual([{ kind: "reply_added", sequence: 2, changes: {}, commentId: "comment" }]);
    expect(ticket).toMatchObject({ version: 1, lastEventSequence: 2, updatedAt: minute(20) });
  });

  test("of an agent is the first response, once", () => {
    const first = reply(after(opened(), ada, minute(20)), input);
    expect(first.ticket).toMatchObject({
      firstRespondedAt: minute(20),
      lastPublicReplyAt: minute(20),
      firstResponseDueAt: null,
      resolutionDueAt: minute(480),
    });
    expect(first.cycles[0]).toMatchObject({
      metric: "first_response",
      state: "satisfied",
      satisfiedAt: minute(20),
    });
    const second = reply(after(first, ben, minute(30)), input);
    expect(second.ticket).toMatchObject({ firstRespondedAt: minute(20), lastPublicReplyAt: minute(30) });
  });

  test("of the customer is no response", () => {
    const { ticket } = reply(after(opened(), cora, minute(20)), input);
    expect(ticket).toMatchObject({
      firstRespondedAt: null,
      firstResponseDueAt: minute(60),
      lastCustomerMessageAt: minute(20),
      lastPublicReplyAt: null,
    });
  });

  test("of an agent on their own ticket is a customer's", () => {
    const own = opened({ customerId: "ada" });
    expect(reply(after(own, ada, minute(20)), input).ticket.firstRespondedAt).toBeNull();
    expect(reply(after(own, ben, minute(20)), input).ticket.firstRespondedAt).toBe(minute(20));
  });

  test("of the product itself is no first response, for nobody has answered", () => {
    const { ticket } = reply(after(opened(), system, minute(20)), input);
    expect(ticket).toMatchObject({ firstRespondedAt: null, firstResponseDueAt: minute(60) });
    expect(ticket).toMatchObject({ lastPublicReplyAt: null, lastCustomerMessageAt: openedAt });
  });
});

describe("a customer's reply", () => {
  test.each(["waiting", "resolved"])("takes an unassigned %s ticket back to open", (status) => {
    const moved = movedTo(status);
    const { ticket, events } = reply(after(moved, cora, minute(20)), input);
    expect(ticket).toMatchObject({
      statusId: statusId("open"),
      resolvedAt: null,
      version: moved.ticket.version + 1,
    });
    expect(events.map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ["reply_added", 3],
      ["status_changed", 4],
    ]);
  });

  test.each(["waiting", "resolved"])("takes an assigned %s ticket back to its assignee's work", (status) => {
    const { ticket, events } = reply(after(movedTo(status, assigned), cora, minute(20)), input);
    expect(ticket).toMatchObject({ statusId: statusId("in_progress"), assigneeId: "ada" });
    expect(events[1]?.changes.status?.to).toEqual({ id: "in_progress", label: "In progress" });
  });

  test.each(["open", "in_progress"])("leaves the status of an %s ticket", (status) => {
    const before = status === "open" ? opened() : movedTo(status);
    const { ticket, events } = reply(after(before, cora, minute(20)), input);
    expect(ticket.statusId).toBe(statusId(status));
    expect(events).toHaveLength(1);
  });

  test("an agent's reply leaves a waiting and a resolved ticket where they are", () => {
    for (const status of ["waiting", "resolved"]) {
      expect(reply(after(movedTo(status), ada, minute(20)), input).ticket.statusId).toBe(statusId(status));
    }
  });

  test("goes back by whatever way a graph of one's own leaves, and stays where it leaves none", () => {
    const status = (key: string, category: Status["category"], nextIds: string[] = []): Status => {
      const flags = { isDefault: key === "open", isResolved: category === "resolved" };
      return {
        id: statusId(key),
        key,
        name: key,
        category,
        color: "#000000",
        position: 0,
        ...flags,
        nextIds,
      };
    };
    const backFrom = (...ways: string[]) => {
      const statuses = new StatusGraph([
        status("open", "open", [statusId("waiting")]),
        status("work", "in_progress"),
        status("waiting", "waiting", ways.map(statusId)),
        status("resolved", "resolved"),
      ]);
      const waiting = { ...opened().ticket, statusId: statusId("waiting") };
      const back = (assigneeId: string | null) =>
        reply(
          {
            ...after(opened(), cora, minute(20)),
            ticket: { ...waiting, assigneeId },
            desk: { ...desk, statuses },
          },
          input,
        ).ticket.statusId;
      return { unassigned: back(null), assigned: back("ada") };
    };
    const [open, work] = [statusId("open"), statusId("work")];
    expect(backFrom("open", "work")).toEqual({ unassigned: open, assigned: work });
    expect(backFrom("open")).toEqual({ unassigned: open, assigned: open });
    expect(backFrom("work")).toEqual({ unassigned: work, assigned: work });
    expect(backFrom("resolved")).toEqual({ unassigned: statusId("waiting"), assigned: statusId("waiting") });
  });
});

test("nobody replies on a closed ticket", () => {
  for (const actor of [cora, ada, system]) {
    expect(refusalOf(() => reply(after(movedTo("closed"), actor, minute(20)), input))).toEqual({
      code: "ticket.closed",
    });
    expect(refusalOf(() => reply(after(movedTo("resolved"), actor, minute(20)), input))).toBeNull();
  }
});
