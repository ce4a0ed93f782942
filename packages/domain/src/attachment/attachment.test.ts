import { describe, expect, test } from "vitest";
import { ada, adam, cleo, cora, personOf, refusalOf, system } from "../ticket/desk.fixtures.ts";
import { type Attachment, canSeeAttachment, expectReady, expectVisibleAttachment } from "./attachment.ts";

const ticket = { id: "t", customerId: "cora", ccIds: ["carl"], assigneeId: null, departmentId: "support" };
const file: Attachment = {
  id: "f",
  name: "bill.pdf",
  state: "ready",
  uploadedById: "ada",
  attachedAt: "2026-01-12T08:00:00.000Z",
  visibility: "public",
  ticket,
  mergedInto: [],
};
const carl = personOf("customer", "carl");
const other = personOf("customer", "other");
const everybody = { cora, carl, other, ada, cleo, adam, system };

const whoSees = (change: Partial<Attachment>): string[] =>
  Object.entries(everybody)
    .filter(([, actor]) => canSeeAttachment(actor, { ...file, ...change }))
    .map(([name]) => name);

describe("who sees a file", () => {
  test("of a reply: who sees the ticket", () => {
    expect(whoSees({})).toEqual(["cora", "carl", "ada", "adam", "system"]);
  });
  test("of a note: who sees notes, not even its uploader otherwise", () => {
    expect(whoSees({ visibility: "internal" })).toEqual(["ada", "adam", "system"]);
    expect(whoSees({ visibility: "internal", uploadedById: "cora" })).toEqual(["ada", "adam", "system"]);
  });
  test("of a ticket that was merged: who sees the other one as the desk does, too, but not its customers", () => {
    const into = { ...ticket, id: "into", customerId: "other", ccIds: [], departmentId: "billing" };
    expect(whoSees({ mergedInto: [into] })).toEqual(["cora", "carl", "ada", "cleo", "adam", "system"]);
    expect(whoSees({ mergedInto: [into], visibility: "internal" })).toEqual([
      "ada",
      "cleo",
      "adam",
      "system",
    ]);
    const cleosOwn = { ...into, customerId: "cleo" };
    expect(whoSees({ mergedInto: [cleosOwn] })).toEqual(["cora", "carl", "ada", "adam", "system"]);
    const withCleo = { ...ticket, customerId: "cleo" };
    expect(whoSees({ ticket: withCleo, mergedInto: [into], visibility: "internal" })).toEqual([
      "ada",
      "adam",
      "system",
    ]);
  });
  test("that is not attached: its uploader alone, with a ticket or without", () => {
    expect(whoSees({ attachedAt: null })).toEqual(["ada"]);
    expect(whoSees({ attachedAt: null, ticket: null, uploadedById: "cora" })).toEqual(["cora"]);
  });
  test("that is still arriving: nobody", () => {
    expect(whoSees({ attachedAt: null, state: "receiving" })).toEqual([]);
  });
});

test("what is missing and what is not for the actor are the same refusal", () => {
  expect(expectVisibleAttachment(ada, file)).toBe(file);
  for (const attachment of [undefined, file])
    expect(refusalOf(() => expectVisibleAttachment(other, attachment))).toEqual({
      code: "attachment.not_found",
    });
});

test("only what is ready can be had", () => {
  expect(refusalOf(() => expectReady({ state: "ready" }))).toBeNull();
  expect(refusalOf(() => expectReady({ state: "scanning" }))).toEqual({ code: "attachment.scan_pending" });
  expect(refusalOf(() => expectReady({ state: "rejected" }))).toEqual({ code: "attachment.infected" });
});
