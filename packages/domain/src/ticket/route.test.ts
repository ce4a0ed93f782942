import { describe, expect, test } from "vitest";
import { assign } from "./assign.ts";
import {
  ada,
  adam,
  after,
  ben,
  desk,
  labelOfPerson,
  mia,
  minute,
  movedTo,
  opened,
  refusalOf,
} from "./desk.fixtures.ts";
import { route } from "./route.ts";

const givenTo = (candidate: typeof ada) =>
  assign(after(opened(), mia, minute(5)), { candidate, assignee: null, version: 1 });
const [support, billing] = ["support", "billing"].map((id) => ({ id, label: id.toUpperCase() }));

describe("routing", () => {
  test("moves the ticket to a department, raises the version and tells both names", () => {
    const { ticket, events } = route(after(opened(), ada, minute(20)), {
      departmentId: "billing",
      assignee: null,
      version: 1,
    });
    expect(ticket).toMatchObject({
      departmentId: "billing",
      version: 2,
      lastEventSequence: 2,
      updatedAt: minute(20),
    });
    expect(events).toEqual([
      {
        kind: "department_changed",
        sequence: 2,
        commentId: null,
        changes: { department: { from: support, to: billing } },
      },
    ]);
  });

  test("an assignee who is not of the new department lets go of it, in one version", () => {
    const { ticket, events } = route(after(givenTo(ada), mia, minute(20)), {
      departmentId: "billing",
      assignee: ada,
      version: 2,
    });
    expect(ticket).toMatchObject({
      departmentId: "billing",
      assigneeId: null,
      version: 3,
      lastEventSequence: 4,
    });
    expect(events.map(({ kind, sequence, changes }) => ({ kind, sequence, changes }))).toEqual([
      { kind: "department_changed", sequence: 3, changes: { department: { from: support, to: billing } } },
      {
        kind: "assignee_changed",
        sequence: 4,
        changes: { assignee: { from: labelOfPerson(ada), to: null } },
      },
    ]);
  });

  test("an assignee who is of the new department keeps it", () => {
    const { ticket, events } = route(after(givenTo(ben), mia, minute(20)), {
      departmentId: "billing",
      assignee: ben,
      version: 2,
    });
    expect(ticket).toMatchObject({ departmentId: "billing", assigneeId: "ben" });
    expect(events).toHaveLength(1);
  });

  test("an assignee who sees every ticket keeps it in any department", () => {
    const { ticket } = route(after(givenTo(adam), mia, minute(20)), {
      departmentId: "billing",
      assignee: adam,
      version: 2,
    });
    expect(ticket.assigneeId).toBe("adam");
  });

  test("to no department keeps the assignee", () => {
    const { ticket, events } = route(after(givenTo(ada), mia, minute(20)), {
      departmentId: null,
      assignee: ada,
      version: 2,
    });
    expect(ticket).toMatchObject({ departmentId: null, assigneeId: "ada" });
    expect(events.map(({ changes }) => changes)).toEqual([{ department: { from: support, to: null } }]);
  });

  test("an unrouted ticket comes from nowhere", () => {
    const to = { departmentId: "billing", assignee: null, version: 1 };
    const { events } = route(after(opened({ departmentId: null }), ada, minute(20)), to);
    expect(events[0]?.changes.department).toEqual({ from: null, to: billing });
  });

  test("out of a department there is no more works, into one does not", () => {
    const closed = {
      ...desk,
      departments: new Map([...desk.departments].filter(([id]) => id === "billing")),
    };
    const situation = after(opened(), ada, minute(20), closed);
    const to = (departmentId: string | null) =>
      route(situation, { departmentId, assignee: null, version: 1 });
    expect(to("billing").events[0]?.changes.department).toEqual({
      from: { id: "support", label: "archived" },
      to: billing,
    });
    expect(refusalOf(() => to("support"))).toEqual({ code: "department.not_found" });
    expect(refusalOf(() => to("sales"))).toEqual({ code: "department.not_found" });
  });

  test("to where it is changes nothing", () => {
    for (const departmentId of ["support", null]) {
      const before = opened({ departmentId });
      const { ticket, events } = route(after(before, ada, minute(20)), {
        departmentId,
        assignee: null,
        version: 1,
      });
      expect({ ticket, events }).toEqual({ ticket: before.ticket, events: [] });
    }
  });

  test("is refused with a stale version, wherever to", () => {
    for (const departmentId of ["support", "billing", "sales", null]) {
      expect(
        refusalOf(() =>
          route(after(movedTo("waiting"), ada, minute(20)), { departmentId, assignee: null, version: 1 }),
        ),
      ).toEqual({ code: "version.conflict", version: 2 });
    }
  });

  test("is refused on a closed ticket, and done on a resolved one", () => {
    const on = (status: string) =>
      refusalOf(() =>
        route(after(movedTo(status), ada, minute(20)), {
          departmentId: "billing",
          assignee: null,
          version: 2,
        }),
      );
    expect(on("closed")).toEqual({ code: "ticket.closed" });
    expect(on("resolved")).toBeNull();
  });
});
