import { describe, expect, test } from "vitest";
import type { Actor } from "../identity/actor.ts";
import { notificationsOf } from "../notification/audience.ts";
import {
  ada,
  adam,
  after,
  ben,
  cora,
  desk,
  mia,
  minute,
  movedTo,
  opened,
  personOf,
  refusalOf,
} from "./desk.fixtures.ts";
import { type WrittenComment, editComment, expectReadable } from "./edit-comment.ts";

const written = (change: Partial<WrittenComment> = {}): WrittenComment => ({
  id: "comment",
  visibility: "public",
  body: "Helo",
  authorId: "ada",
  version: 2,
  updatedAt: minute(1),
  ...change,
});
const edit = { version: 2, body: "Hello" };
const by = (actor: Actor, from = opened()) => after(from, actor, minute(30));

describe("an edit", () => {
  test("is told with the comment's versions before and after, and answers nobody", () => {
    const decision = editComment(by(ada), written(), edit);
    expect(decision.events.at(-1)).toEqual({
      kind: "reply_edited",
      sequence: decision.ticket.lastEventSequence,
      commentId: "comment",
      changes: {
        comment: { from: { id: "comment", label: "Version 2" }, to: { id: "comment", label: "Version 3" } },
      },
    });
    const { firstRespondedAt, lastPublicReplyAt, version } = decision.ticket;
    expect([firstRespondedAt, lastPublicReplyAt, version]).toEqual([null, null, 1]);
    expect(decision.cycles.find(({ metric }) => metric === "first_response")?.satisfiedAt).toBeNull();
  });

  test("of a note leaves the ticket and its clocks as they were, but for the count of events", () => {
    const before = opened();
    const decision = editComment(by(ada, before), written({ visibility: "internal" }), edit);
    expect(decision.events.map(({ kind }) => kind)).toEqual(["note_edited"]);
    expect({ ...decision.ticket, lastEventSequence: 1 }).toEqual(before.ticket);
    expect(decision.changedCycles).toEqual([]);
  });

  test("that changes nothing is none", () => {
    expect(editComment(by(ada), written(), { version: 2, body: "Helo" }).events).toEqual([]);
  });

  test("names the version it read, of a ticket that is not closed", () => {
    expect(refusalOf(() => editComment(by(ada), written(), { ...edit, version: 1 }))).toEqual({
      code: "version.conflict",
      version: 2,
    });
    const closed = movedTo("closed");
    expect(refusalOf(() => editComment(by(ada, closed), written(), edit))).toEqual({ code: "ticket.closed" });
  });

  test("of mine is mine; of others', of those who may edit others'", () => {
    const own = (actor: Actor, authorId: string | null) =>
      refusalOf(() => editComment(by(actor), written({ authorId }), edit));
    expect(own(cora, "cora")).toBeNull();
    expect(own(adam, "cora")).toBeNull();
    const denied = { code: "permission.denied", permission: "ticket.edit_comments" };
    for (const actor of [cora, ben, mia]) expect(own(actor, "ada")).toEqual(denied);
    expect(own(ada, null)).toEqual(denied);
    const mute = { ...ada, permissions: new Set(["ticket.note"] as const) };
    expect(own(mute, "ada")).toEqual({ code: "permission.denied", permission: "ticket.reply" });
  });

  test("tells whom it mentions for the first time", () => {
    const mentioned = { people: [ben], followers: [] };
    const decision = editComment(by(ada), written(), { ...edit, mentioned });
    expect(notificationsOf(decision, desk, ada)).toContainEqual({ userId: "ben", kind: "mention" });
    expect(decision.ticket.followerIds).toEqual(["ben"]);
  });

  test("by the customer is told to who works on the ticket, and one of a note never to the customer's side", () => {
    const kinds = (decision: ReturnType<typeof editComment>, actor: Actor) =>
      Object.fromEntries(notificationsOf(decision, desk, actor).map(({ userId, kind }) => [userId, kind]));
    const update = { ada: "ticket_updated", ben: "ticket_updated", mia: "ticket_updated" };
    expect(kinds(editComment(by(cora), written({ authorId: "cora" }), edit), cora)).toMatchObject(update);
    const note = editComment(by(ada), written({ visibility: "internal" }), edit);
    expect(kinds(note, ada)).toEqual({});
  });
});

test("a note is readable to those who see notes alone, and to others is not there", () => {
  const note = written({ visibility: "internal" });
  expect(expectReadable(by(ben), note)).toBe(note);
  const missing = { code: "comment.not_found" };
  const carl = { ...opened(), ticket: { ...opened().ticket, ccIds: ["ben"] } };
  expect(refusalOf(() => expectReadable(by(ben, carl), note))).toEqual(missing);
  expect(refusalOf(() => expectReadable(by(cora), note))).toEqual(missing);
  expect(refusalOf(() => expectReadable(by(ben), undefined))).toEqual(missing);
  expect(expectReadable(by(personOf("customer", "carl")), written())).toEqual(written());
});
