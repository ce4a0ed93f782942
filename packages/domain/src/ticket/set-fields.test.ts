import { describe, expect, test } from "vitest";
import { applyBundle } from "./bundle.ts";
import {
  ada,
  after,
  cora,
  desk,
  mia,
  minute,
  opened,
  openedAt,
  opening,
  refusalOf,
} from "./desk.fixtures.ts";
import { fields } from "./fields.fixtures.ts";
import type { FieldPatch } from "./fields.ts";
import { openTicket } from "./open.ts";
import { openWith } from "./open-with.ts";
import { setFields } from "./set-fields.ts";
import { setStatus } from "./set-status.ts";

const on = { ...desk, fields };
const at = minute(5);
const ticketOf = (values = {}) => {
  const decision = opened({}, on);
  return { ...decision, ticket: { ...decision.ticket, fields: values } };
};

describe("setting fields", () => {
  test("is one change with the values before and after, in words", () => {
    const situation = after(ticketOf({ size: "small", seats: 2 }), ada, at, on);
    const { events, ticket } = setFields(situation, {
      fields: { size: "large", parts: ["bell", "lamp"], seats: null, insured: true },
      version: 1,
    });
    expect(events.map(({ kind, changes }) => ({ kind, changes }))).toEqual([
      {
        kind: "fields_changed",
        changes: {
          seats: { from: { id: "", label: "2" }, to: null },
          insured: { from: null, to: { id: "true", label: "Yes" } },
          size: { from: { id: "small", label: "the small" }, to: { id: "large", label: "the large" } },
          parts: { from: null, to: { id: "bell,lamp", label: "the bell, the lamp" } },
        },
      },
    ]);
    expect(ticket).toMatchObject({
      version: 2,
      fields: { size: "large", parts: ["bell", "lamp"], insured: true },
    });
  });

  test("to what they are is no change", () => {
    const decision = setFields(after(ticketOf({ seats: 2 }), ada, at, on), {
      fields: { seats: 2 },
      version: 1,
    });
    expect(decision).toMatchObject({ events: [], ticket: { version: 1 } });
  });

  test("is for the ticket's customer and for those who edit tickets", () => {
    const set = (actor: typeof ada, fieldsOf: FieldPatch) =>
      refusalOf(() => setFields(after(ticketOf(), actor, at, on), { fields: fieldsOf, version: 1 }));
    expect(set(cora, { seats: 2 })).toBeNull();
    expect(set(ada, { seats: 2, cause: "wear" })).toBeNull();
    expect(set(cora, { cause: "wear" })).toMatchObject({ code: "field.invalid" });
    const stranger = { ...ada, permissions: new Set(["ticket.read_organization"] as const) };
    expect(set(stranger, { seats: 2 })).toEqual({ code: "permission.denied", permission: "ticket.edit" });
  });

  test("takes away what a ticket is resolved with only while it is not resolved", () => {
    const clear = (resolvedAt: string | null) => {
      const state = ticketOf({ cause: "wear" });
      const situation = after({ ...state, ticket: { ...state.ticket, resolvedAt } }, ada, at, on);
      return refusalOf(() => setFields(situation, { fields: { cause: null }, version: 1 }));
    };
    expect(clear(null)).toBeNull();
    expect(clear(openedAt)).toEqual({
      code: "field.invalid",
      problems: [{ key: "cause", reason: "required" }],
    });
  });
});

describe("a field that is needed to resolve", () => {
  const required = { code: "field.required", keys: ["cause"] };
  test.for(["resolved", "closed"])("is asked for on the way to %s, and on no other", (status) => {
    const move = (to: string, values = {}) =>
      refusalOf(() => setStatus(after(ticketOf(values), mia, at, on), { status: to, version: 1 }));
    expect(move(status)).toEqual(required);
    expect(move(status, { cause: "wear" })).toBeNull();
    expect(move("waiting")).toBeNull();
  });

  test("is asked for by a bundle too, unless the bundle sets it", () => {
    const bundled = (fieldsOf?: FieldPatch) =>
      refusalOf(() =>
        applyBundle(after(ticketOf(), mia, at, on), { status: "resolved", fields: fieldsOf }, null),
      );
    expect(bundled()).toEqual(required);
    expect(bundled({ cause: "wear" })).toBeNull();
  });
});

describe("opening with fields", () => {
  const needed = { ...desk, fields: fields.map((each) => ({ ...each, requiredTo: "open" as const })) };
  const openBy = (actor: typeof ada, given: FieldPatch, templateFields = {}) => {
    const opening_ = openTicket(needed, actor, openedAt, opening);
    return openWith(needed, actor, opening_, { tags: [], templateFields, fields: given });
  };
  const mine = {
    serial: "1",
    story: "s",
    seats: 1,
    insured: true,
    bought: "2026-01-01",
    size: "small",
    parts: ["bell"],
  };

  test("asks a customer for what customers may edit, and staff for all", () => {
    expect(refusalOf(() => openBy(cora, {}))).toEqual({ code: "field.required", keys: Object.keys(mine) });
    expect(refusalOf(() => openBy(cora, mine))).toBeNull();
    expect(refusalOf(() => openBy(ada, mine))).toEqual({ code: "field.required", keys: ["cause", "rating"] });
  });

  test("takes a template's fields, also those that its opener may not set, under the opener's own", () => {
    const { ticket, events, before } = openBy(cora, mine, { cause: "wear", size: "large" });
    expect(ticket).toMatchObject({ version: 1, fields: { ...mine, cause: "wear" } });
    expect(events.map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ["ticket_opened", 1],
      ["fields_changed", 2],
    ]);
    expect(before).toBeNull();
  });

  test("with tags makes the clocks those of the tags' policy", () => {
    const [policy] = desk.policies;
    const tagged = {
      ...desk,
      policies: [{ ...policy!, id: "vip", position: 0, conditions: { tagIds: ["vip"] } }, ...desk.policies],
    };
    const decision = openWith(tagged, cora, openTicket(tagged, cora, openedAt, opening), {
      tags: [{ id: "vip", label: "vip" }],
      templateFields: {},
      fields: {},
    });
    expect(decision.ticket).toMatchObject({ tagIds: ["vip"], slaPolicyId: "vip" });
    expect(decision.changedCycles).toEqual(decision.cycles);
  });
});
