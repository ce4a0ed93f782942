import { describe, expect, test } from "vitest";
import type { Actor } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import { canSee, expectVisible, isCustomerOf, seesNotes, ticketScope } from "./access.ts";
import { ada, opened, personOf, refusalOf, system } from "./desk.fixtures.ts";

/** Somebody of support, by what their role allows. */
const me = (...permissions: Permission[]): Actor => ({
  ...ada,
  userId: "me",
  permissions: new Set(permissions),
});

const actors = {
  super_admin: personOf("super_admin", "me", "support"),
  admin: personOf("admin", "me", "support"),
  manager: personOf("manager", "me", "support"),
  agent: personOf("agent", "me", "support"),
  customer: personOf("customer", "me", "support"),
  "departments only": me("ticket.read_departments", "ticket.note"),
  "departments without notes": me("ticket.read_departments"),
  "own only": me("ticket.read_own", "ticket.note"),
  "notes only": me("ticket.note"),
  nobody: me(),
  system,
};

const other = { customerId: "cora", ccIds: ["carl"], assigneeId: "ben", departmentId: "billing" };
const tickets = {
  own: { ...other, customerId: "me" },
  assigned: { ...other, assigneeId: "me" },
  department: { ...other, departmentId: "support" },
  unrouted: { ...other, departmentId: null },
  "other department": other,
  "nobody's": { ...other, assigneeId: null },
  "in copy": { ...other, ccIds: ["carl", "me"] },
};

type Row = [actor: keyof typeof actors, scope: string, ...sights: string[]];
const [yes, notes, no] = ["seen", "seen with notes", "-"];

/** One line an actor: own, assigned, of my department, unrouted, of another department, there without an assignee, in copy. */
const table: Row[] = [
  ["super_admin", "organization", yes, notes, notes, notes, notes, notes, yes],
  ["admin", "organization", yes, notes, notes, notes, notes, notes, yes],
  ["manager", "departments", yes, notes, notes, notes, no, no, yes],
  ["agent", "departments", yes, notes, notes, notes, no, no, yes],
  ["customer", "own", yes, no, no, no, no, no, yes],
  ["departments only", "departments", yes, notes, notes, notes, no, no, yes],
  ["departments without notes", "departments", yes, yes, yes, yes, no, no, yes],
  ["own only", "own", yes, no, no, no, no, no, yes],
  ["notes only", "none", no, no, no, no, no, no, no],
  ["nobody", "none", no, no, no, no, no, no, no],
  ["system", "organization", notes, notes, notes, notes, notes, notes, notes],
];

describe("who sees which ticket, and its notes", () => {
  test.each(table)("%s: %s", (key, scope, ...sights) => {
    const actor = actors[key];
    expect(ticketScope(actor)).toBe(scope);
    const seen = Object.values(tickets).map((ticket) =>
      canSee(actor, ticket) ? (seesNotes(actor, ticket) ? notes : yes) : no,
    );
    expect(seen).toEqual(sights);
  });

  test("nobody sees the notes of a ticket they are the customer of or in copy of", () => {
    for (const actor of Object.values(actors)) {
      expect(seesNotes(actor, tickets.own)).toBe(actor.kind === "system");
      expect(seesNotes(actor, tickets["in copy"])).toBe(actor.kind === "system");
    }
  });

  test("the product is nobody's customer", () => {
    expect(isCustomerOf(system, tickets.own)).toBe(false);
    expect(isCustomerOf(actors.agent, tickets.own)).toBe(true);
    expect(isCustomerOf(actors.agent, tickets.assigned)).toBe(false);
  });

  test("a ticket that is not for the actor is answered as one there is not", () => {
    const { ticket } = opened({ customerId: "cora" });
    const hidden = refusalOf(() => expectVisible(personOf("customer", "carl"), ticket));
    expect(hidden).toEqual({ code: "ticket.not_found" });
    expect(hidden).toEqual(refusalOf(() => expectVisible(system, undefined)));
    expect(expectVisible(personOf("customer", "cora"), ticket)).toBe(ticket);
  });
});
