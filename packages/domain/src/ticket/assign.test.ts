import { describe, expect, test } from "vitest";
import type { Permission } from "../identity/permission.ts";
import { assign, canHaveTickets, isEligible, letGo, release, take } from "./assign.ts";
import {
  ada,
  adam,
  after,
  ben,
  cleo,
  cora,
  labelOfPerson,
  mia,
  minute,
  movedTo,
  opened,
  personOf,
  refusalOf,
  system,
} from "./desk.fixtures.ts";

const given = assign(after(opened(), mia, minute(5)), { candidate: ada, assignee: null, version: 1 });
const toAda = labelOfPerson(ada);

describe("eligible for a ticket", () => {
  const without = (permission: Permission) =>
    new Set([...ada.permissions].filter((each) => each !== permission));
  const { ticket } = opened();

  test("are active people of its department who may take tickets, and who see everything", () => {
    for (const candidate of [ada, ben, mia, adam]) expect(isEligible(candidate, ticket)).toBe(true);
  });

  test("are not the inactive, those who may not take, other departments' people and its own customer", () => {
    expect(isEligible({ ...ada, isActive: false }, ticket)).toBe(false);
    expect(isEligible({ ...ada, permissions: without("ticket.take") }, ticket)).toBe(false);
    expect(isEligible(cleo, ticket)).toBe(false);
    expect(isEligible(cora, ticket)).toBe(false);
    expect(isEligible(ada, { ...ticket, customerId: "ada" })).toBe(false);
    expect(isEligible(adam, { ...ticket, customerId: "adam" })).toBe(false);
  });

  test("are all who may take tickets while it is unrouted", () => {
    expect(isEligible(cleo, { ...ticket, departmentId: null })).toBe(true);
    expect(isEligible(cora, { ...ticket, departmentId: null })).toBe(false);
  });
});

test("a role can have tickets that lets take one and see those of others", () => {
  const can = (...permissions: Permission[]) => canHaveTickets(new Set(permissions));
  expect([ada, mia, adam, cora].map(({ permissions }) => canHaveTickets(permissions))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(can("ticket.take", "ticket.read_organization")).toBe(true);
  expect(can("ticket.take", "ticket.read_own")).toBe(false);
  expect(can("ticket.read_departments")).toBe(false);
});

test("whoever can no longer work lets go of the ticket, and history says so", () => {
  const { ticket, events } = release(after(given, adam, minute(9)), toAda);
  expect(ticket).toMatchObject({ assigneeId: null, version: 3, updatedAt: minute(9) });
  expect(events).toMatchObject([
    { kind: "assignee_changed", changes: { assignee: { from: toAda, to: null } } },
  ]);
});

describe("assigning", () => {
  test("gives the ticket to somebody, raises the version and tells names", () => {
    expect(given.ticket).toMatchObject({
      assigneeId: "ada",
      version: 2,
      lastEventSequence: 2,
      updatedAt: minute(5),
    });
    expect(given.events).toEqual([
      {
        kind: "assignee_changed",
        sequence: 2,
        commentId: null,
        changes: { assignee: { from: null, to: toAda } },
      },
    ]);
  });

  test("hands it on, and takes it away", () => {
    const situation = after(given, mia, minute(20));
    const handed = assign(situation, { candidate: ben, assignee: toAda, version: 2 });
    expect(handed.ticket.assigneeId).toBe("ben");
    expect(handed.events[0]?.changes.assignee).toEqual({ from: toAda, to: labelOfPerson(ben) });
    const freed = assign(situation, { candidate: null, assignee: toAda, version: 2 });
    expect(freed.ticket.assigneeId).toBeNull();
    expect(freed.events[0]?.changes.assignee).toEqual({ from: toAda, to: null });
  });

  test("to whom it is assigned, or to nobody where it is nobody's, changes nothing", () => {
    const again = assign(after(given, mia, minute(20)), { candidate: ada, assignee: toAda, version: 2 });
    expect({ ticket: again.ticket, events: again.events }).toEqual({ ticket: given.ticket, events: [] });
    const before = opened();
    const nobody = assign(after(before, mia, minute(20)), { candidate: null, assignee: null, version: 1 });
    expect({ ticket: nobody.ticket, events: nobody.events }).toEqual({ ticket: before.ticket, events: [] });
  });

  test("to one who is not eligible is refused", () => {
    const to = (candidate: typeof ada) =>
      refusalOf(() => assign(after(opened(), mia, minute(20)), { candidate, assignee: null, version: 1 }));
    expect(to(cleo)).toEqual({ code: "assignee.not_eligible" });
    expect(to(ben)).toBeNull();
  });

  test("is refused with a stale version, whoever it is for", () => {
    for (const candidate of [ben, ada, cleo, null]) {
      expect(
        refusalOf(() => assign(after(given, mia, minute(20)), { candidate, assignee: toAda, version: 1 })),
      ).toEqual({ code: "version.conflict", version: 2 });
    }
    expect(
      refusalOf(() => assign(after(given, mia, minute(20)), { candidate: ben, assignee: toAda, version: 2 })),
    ).toBeNull();
  });

  test("is refused on a closed ticket, and taken on a resolved one", () => {
    const on = (status: string) =>
      refusalOf(() =>
        assign(after(movedTo(status), mia, minute(20)), { candidate: ada, assignee: null, version: 2 }),
      );
    expect(on("closed")).toEqual({ code: "ticket.closed" });
    expect(on("resolved")).toBeNull();
  });
});

describe("taking", () => {
  test("an unassigned ticket makes it the actor's, without a version to read", () => {
    const { ticket, events } = take(after(movedTo("in_progress"), ada, minute(20)), { candidate: ada });
    expect(ticket).toMatchObject({ assigneeId: "ada", version: 3 });
    expect(events).toEqual([
      {
        kind: "assignee_changed",
        sequence: 3,
        commentId: null,
        changes: { assignee: { from: null, to: toAda } },
      },
    ]);
  });

  test("one's own again changes nothing", () => {
    const { ticket, events } = take(after(given, ada, minute(20)), { candidate: ada });
    expect({ ticket, events }).toEqual({ ticket: given.ticket, events: [] });
  });

  test("what somebody else has is refused with who has it, even to a manager and to the product", () => {
    const refusal = { code: "ticket.already_assigned", assigneeId: "ada" };
    expect(refusalOf(() => take(after(given, ben, minute(20)), { candidate: ben }))).toEqual(refusal);
    expect(refusalOf(() => take(after(given, mia, minute(20)), { candidate: mia }))).toEqual(refusal);
    expect(refusalOf(() => take(after(given, system, minute(20)), { candidate: ben }))).toEqual(refusal);
  });

  test("is for the eligible", () => {
    const of = (candidate: typeof ada) =>
      refusalOf(() => take(after(opened(), candidate, minute(20)), { candidate }));
    expect(of(cleo)).toEqual({ code: "assignee.not_eligible" });
    expect(of(personOf("customer", "carl"))).toEqual({ code: "assignee.not_eligible" });
    expect(of(ben)).toBeNull();
  });

  test("is refused on a closed ticket, and done on a resolved one", () => {
    const on = (status: string) =>
      refusalOf(() => take(after(movedTo(status), ada, minute(20)), { candidate: ada }));
    expect(on("closed")).toEqual({ code: "ticket.closed" });
    expect(on("resolved")).toBeNull();
  });
});

describe("letting go", () => {
  test("of one's own ticket leaves it to nobody, and history says whose it was", () => {
    const { ticket, events } = letGo(after(given, ada, minute(20)), { assignee: toAda, version: 2 });
    expect(ticket).toMatchObject({ assigneeId: null, version: 3 });
    expect(events[0]?.changes.assignee).toEqual({ from: toAda, to: null });
  });

  test("of what nobody has changes nothing; of what somebody else has is refused, even to a manager", () => {
    const before = opened();
    const nobody = letGo(after(before, ada, minute(20)), { assignee: null, version: 1 });
    expect({ ticket: nobody.ticket, events: nobody.events }).toEqual({ ticket: before.ticket, events: [] });
    for (const actor of [ben, mia, system]) {
      expect(
        refusalOf(() => letGo(after(given, actor, minute(20)), { assignee: toAda, version: 2 })),
      ).toEqual({ code: "ticket.already_assigned", assigneeId: "ada" });
    }
  });

  test("is refused with a stale version, and on a closed ticket", () => {
    const refused = (from: typeof given, version: number) =>
      refusalOf(() => letGo(after(from, ada, minute(20)), { assignee: toAda, version }));
    expect(refused(given, 1)).toEqual({ code: "version.conflict", version: 2 });
    expect(refused(movedTo("closed", given), 3)).toEqual({ code: "ticket.closed" });
    expect(refused(movedTo("resolved", given), 3)).toBeNull();
  });
});
