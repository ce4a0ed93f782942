import { describe, expect, test } from "vitest";
import { ada, cora, desk, minute, opened, openedAt, opening, refusalOf, statusId } from "./desk.fixtures.ts";
import { openTicket } from "./open.ts";

describe("opening a ticket", () => {
  test("begins in the default status at version 1, with one event and both clocks running", () => {
    const { ticket, events, comment, before, cycles, categories, at } = opened();
    expect(ticket).toEqual({
      ...opening,
      isSimulated: false,
      statusId: statusId("open"),
      assigneeId: null,
      slaPolicyId: "any",
      firstResponseDueAt: minute(60),
      firstRespondedAt: null,
      firstUnansweredAt: null,
      nextResponseDueAt: null,
      resolutionDueAt: minute(480),
      resolvedAt: null,
      closedAt: null,
      lastCustomerMessageAt: openedAt,
      lastPublicReplyAt: null,
      merge: null,
      tagIds: [],
      followerIds: [],
      noteReaderIds: [],
      fields: {},
      ccIds: [],
      lastEventSequence: 1,
      version: 1,
      createdAt: openedAt,
      updatedAt: openedAt,
    });
    expect(events).toEqual([
      {
        kind: "ticket_opened",
        sequence: 1,
        commentId: null,
        changes: {
          status: { from: null, to: { id: "open", label: "Open" } },
          priority: { from: null, to: { id: "medium", label: "medium" } },
          department: { from: null, to: { id: "support", label: "SUPPORT" } },
        },
      },
    ]);
    expect({ comment, before, at, categories }).toEqual({
      comment: null,
      before: null,
      at: openedAt,
      categories: [{ at: openedAt, category: "open" }],
    });
    expect(cycles.map(({ metric, state }) => [metric, state])).toEqual([
      ["first_response", "running"],
      ["resolution", "running"],
    ]);
  });

  test("by an agent on behalf is no message of the customer and no response", () => {
    const { ticket } = openTicket(desk, ada, openedAt, opening);
    expect(ticket).toMatchObject({ customerId: "cora", lastCustomerMessageAt: null, firstRespondedAt: null });
    expect(opened().ticket.lastCustomerMessageAt).toBe(openedAt);
  });

  test("without a department is unrouted", () => {
    const { ticket, events } = opened({ departmentId: null });
    expect(ticket.departmentId).toBeNull();
    expect(events[0]?.changes.department).toEqual({ from: null, to: null });
  });

  test("in a department there is not is refused", () => {
    expect(refusalOf(() => opened({ departmentId: "sales" }))).toEqual({ code: "department.not_found" });
    expect(refusalOf(() => opened({ departmentId: "billing" }))).toBeNull();
  });

  test("is counted by the first policy that matches; where none does, nothing is due", () => {
    expect(opened({ priority: "urgent" }).ticket).toMatchObject({
      slaPolicyId: "urgent",
      firstResponseDueAt: minute(30),
      resolutionDueAt: minute(240),
    });
    const { ticket, cycles } = openTicket({ ...desk, policies: [] }, cora, openedAt, opening);
    expect(ticket).toMatchObject({ slaPolicyId: null, firstResponseDueAt: null, resolutionDueAt: null });
    expect(cycles).toEqual([]);
  });
});
