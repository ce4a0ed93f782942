import { describe, expect, test } from "vitest";
import type { Actor } from "../identity/actor.ts";
import { addNote } from "../ticket/add-note.ts";
import { assign, release } from "../ticket/assign.ts";
import type { Decision } from "../ticket/decision.ts";
import {
  ada,
  adam,
  after,
  ben,
  cora,
  desk,
  labelOfPerson,
  mia,
  minute,
  movedTo,
  opened,
  openedAt,
  opening,
  personOf,
  system,
} from "../ticket/desk.fixtures.ts";
import { editComment } from "../ticket/edit-comment.ts";
import { giveOut } from "../ticket/give-out.ts";
import { openTicket, type TicketOpening } from "../ticket/open.ts";
import { setFollowers } from "../ticket/follow.ts";
import { removeAttachment } from "../ticket/remove-attachment.ts";
import { reply } from "../ticket/reply.ts";
import { route } from "../ticket/route.ts";
import { setPriority } from "../ticket/set-priority.ts";
import { setStatus } from "../ticket/set-status.ts";
import { notificationsOf } from "./audience.ts";

const told = (decision: Decision, actor: Actor) =>
  Object.fromEntries(notificationsOf(decision, desk, actor).map(({ userId, kind }) => [userId, kind]));

const comment = { commentId: "comment", body: "Hello" };
const unread = assign(after(opened(), mia, minute(5)), { candidate: ada, assignee: null, version: 1 });
const readBy = (...noteReaderIds: string[]): Decision => ({
  ...unread,
  ticket: { ...unread.ticket, noteReaderIds },
});
const assigned = readBy("ada", "ben", "cora");
const by = (actor: Actor, from: Decision = assigned) => after(from, actor, minute(20));

describe("told of a new ticket", () => {
  const openedBy = (actor: Actor, change: Partial<TicketOpening> = {}) =>
    told(openTicket(desk, actor, openedAt, { ...opening, ...change }), actor);

  test("are the members and the manager of its department, each once, and not the customer who opened it", () => {
    expect(openedBy(cora)).toEqual({ ada: "ticket_created", ben: "ticket_created", mia: "ticket_created" });
    const queue = notificationsOf(opened(), desk, cora).map(({ userId }) => userId);
    expect(queue).toHaveLength(new Set(queue).size);
    expect(openedBy(cora, { departmentId: "billing" })).toHaveProperty("max", "ticket_created");
  });

  test("is the customer where somebody else opened it, who is not told themselves", () => {
    expect(openedBy(ada)).toEqual({ cora: "ticket_created", ben: "ticket_created", mia: "ticket_created" });
  });

  test("are the managers alone while it is unrouted", () => {
    expect(openedBy(cora, { departmentId: null })).toEqual({ mia: "ticket_created", max: "ticket_created" });
  });
});

describe("told of a reply", () => {
  test("of the customer is the assignee, or the department where there is none", () => {
    expect(told(reply(by(cora), comment), cora)).toEqual({ ada: "comment_added" });
    expect(told(reply(by(cora, opened()), comment), cora)).toEqual({
      ada: "comment_added",
      ben: "comment_added",
      mia: "comment_added",
    });
  });

  test("of the assignee is the customer", () => {
    expect(told(reply(by(ada), comment), ada)).toEqual({ cora: "comment_added" });
  });

  test("of somebody else are the customer and the assignee", () => {
    const both = { cora: "comment_added", ada: "comment_added" };
    expect(told(reply(by(ben), comment), ben)).toEqual(both);
    expect(told(reply(by(system), comment), system)).toEqual(both);
  });

  test("that reopens is the assignee, once, of the reply and not of the move", () => {
    const resolved = movedTo("resolved", assigned);
    const decision = reply(by(cora, resolved), comment);
    expect(decision.events.map(({ kind }) => kind)).toEqual(["reply_added", "status_changed"]);
    expect(notificationsOf(decision, desk, cora)).toEqual([{ userId: "ada", kind: "comment_added" }]);
  });
});

describe("told of a note", () => {
  test("is the assignee, and never the customer", () => {
    expect(told(addNote(by(ben), comment), ben)).toEqual({ ada: "comment_added" });
    expect(told(addNote(by(ada), comment), ada)).toEqual({});
    expect(told(addNote(by(ben, opened()), comment), ben)).toEqual({});
    expect(told(reply(by(ben), comment), ben)).toHaveProperty("cora");
  });
});

describe("told of an assignment", () => {
  const hand = (candidate: typeof ada | null, actor: Actor) =>
    told(assign(by(actor), { candidate, assignee: labelOfPerson(ada), version: 2 }), actor);

  test("are who gets the ticket and who had it", () => {
    expect(hand(ben, mia)).toEqual({ ben: "ticket_assigned", ada: "ticket_updated" });
    expect(hand(null, mia)).toEqual({ ada: "ticket_updated" });
  });

  test("by the product itself is who gets the ticket, or the queue where it puts it back", () => {
    const give = giveOut(after(opened(), system, minute(5)), {
      members: [{ ...ada, isAvailable: true, openTickets: 0, capacity: null, lastAssignedAt: null }],
      strategy: "round_robin",
    });
    expect(told(give, system)).toEqual({ ada: "ticket_assigned" });
    expect(told(release(by(system), labelOfPerson(ada)), system)).toEqual({
      ada: "ticket_created",
      ben: "ticket_created",
      mia: "ticket_created",
    });
  });

  test("is nobody of their own part in it", () => {
    expect(hand(ben, ada)).toEqual({ ben: "ticket_assigned" });
    expect(hand(ben, ben)).toEqual({ ada: "ticket_updated" });
  });

  test("to whom it is assigned already is nobody", () => {
    expect(hand(ada, mia)).toEqual({});
  });
});

describe("told of a change", () => {
  test("of status are the customer and the assignee", () => {
    const move = (actor: Actor) => told(setStatus(by(actor), { status: "waiting", version: 2 }), actor);
    expect(move(mia)).toEqual({ cora: "ticket_updated", ada: "ticket_updated" });
    expect(move(ada)).toEqual({ cora: "ticket_updated" });
  });

  test("of priority is the assignee alone", () => {
    expect(told(setPriority(by(mia), { priority: "high", version: 2 }), mia)).toEqual({
      ada: "ticket_updated",
    });
  });

  test("of department are those in whose queue it lands, and who lost it by that", () => {
    const to = (departmentId: string | null, from = assigned) =>
      told(route(by(adam, from), { departmentId, assignee: ada, version: 2 }), adam);
    expect(to("billing")).toEqual({
      ben: "ticket_created",
      cleo: "ticket_created",
      mia: "ticket_created",
      max: "ticket_created",
      ada: "ticket_updated",
    });
    expect(to(null)).toEqual({ ada: "ticket_updated", mia: "ticket_created", max: "ticket_created" });
  });
});

test("who is concerned twice is told once, of what concerns them most", () => {
  const [before, at] = [assigned.ticket, minute(20)];
  const event = { changes: {}, commentId: null };
  const decision: Decision = {
    ...assigned,
    before: { ...before, assigneeId: null },
    at,
    events: [
      { ...event, kind: "priority_changed", sequence: 3 },
      { ...event, kind: "assignee_changed", sequence: 4 },
      { ...event, kind: "note_added", sequence: 5 },
    ],
  };
  expect(notificationsOf(decision, desk, mia)).toEqual([{ userId: "ada", kind: "ticket_assigned" }]);
});

test("who is concerned alike twice is told once", () => {
  const event = { changes: {}, commentId: null };
  const decision: Decision = {
    ...assigned,
    events: [
      { ...event, kind: "priority_changed", sequence: 3 },
      { ...event, kind: "status_changed", sequence: 4 },
    ],
  };
  expect(notificationsOf(decision, desk, mia)).toEqual([
    { userId: "ada", kind: "ticket_updated" },
    { userId: "cora", kind: "ticket_updated" },
  ]);
});

test("a customer who works here is told of their own ticket as any customer is, and never of its notes", () => {
  const own = opened({ customerId: "ada" });
  expect(told(reply(by(ben, own), comment), ben)).toEqual({ ada: "comment_added" });
  expect(told(addNote(by(ben, own), comment), ben)).toEqual({});
  const eve = personOf("agent", "eve", "support");
  expect(told(addNote(by(eve, own), comment), eve)).toEqual({});
});

describe("followers", () => {
  const followed = { ...assigned, ticket: { ...assigned.ticket, followerIds: ["ben", "cora"] } };

  test("are told of replies, notes and changes by others, not of their own", () => {
    expect(told(reply(by(cora, followed), comment), cora)).toEqual({
      ada: "comment_added",
      ben: "comment_added",
    });
    const change = { priority: "high", version: 2 } as const;
    expect(told(setPriority(by(ada, followed), change), ada)).toEqual({ ben: "ticket_updated" });
    expect(told(setPriority(by(ben, followed), change), ben)).toEqual({ ada: "ticket_updated" });
  });

  test("who are the ticket's customer hear of no note for that", () => {
    expect(told(addNote(by(ada, followed), comment), ada)).toEqual({ ben: "comment_added" });
  });

  test("and assignees whose role reads no notes hear of replies and changes, and of nothing about notes", () => {
    const on = readBy("ben");
    const both = { ...on, ticket: { ...on.ticket, followerIds: ["ben", "cleo"] } };
    const [note, file] = [
      { id: "comment", visibility: "internal" },
      { id: "file", name: "bill.pdf" },
    ] as const;
    const written = { ...note, body: "Helo", authorId: "mia", version: 1, updatedAt: minute(1) };
    for (const decision of [
      addNote(by(mia, both), comment),
      editComment(by(mia, both), written, { version: 1, body: "Hello" }),
      removeAttachment(by(mia, both), { ...file, uploadedById: "mia" }),
    ]) {
      expect(Object.keys(told(decision, mia))).toEqual(["ben"]);
    }
    expect(told(reply(by(mia, both), comment), mia)).toMatchObject({
      ada: "comment_added",
      ben: "comment_added",
      cleo: "comment_added",
    });
    expect(told(setPriority(by(mia, both), { priority: "high", version: 2 }), mia)).toEqual({
      ada: "ticket_updated",
      ben: "ticket_updated",
      cleo: "ticket_updated",
    });
  });

  test("who are new are told so, and who was one already is not", () => {
    const before = [labelOfPerson(ben)];
    const more = setFollowers(
      by(ada, { ...assigned, ticket: { ...assigned.ticket, followerIds: ["ben"] } }),
      {
        before,
        after: [ben, mia],
      },
    );
    expect(told(more, ada)).toEqual({ mia: "ticket_updated" });
  });
});
