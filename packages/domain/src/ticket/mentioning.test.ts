import { describe, expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import { addNote } from "./add-note.ts";
import type { Candidate } from "./assign.ts";
import {
  ada,
  adam,
  after,
  ben,
  cleo,
  cora,
  desk,
  labelOfPerson,
  minute,
  opened,
  personOf,
  refusalOf,
} from "./desk.fixtures.ts";
import { reply } from "./reply.ts";

const carl = personOf("customer", "carl");
const base = opened();
const inCopy = { ...base, ticket: { ...base.ticket, ccIds: ["carl"] } };
const by = (actor: typeof ada, from = inCopy) => after(from, actor, minute(5));
const writing = (...people: Candidate[]) => ({
  commentId: "comment",
  body: "Look",
  mentioned: { people, followers: [] },
});

describe("whoever is mentioned in a reply or a note", () => {
  test.each([
    ["a reply", reply],
    ["a note", addNote],
  ])("%s: is told of the mention and follows from then on", (_, write) => {
    const decision = write(by(ada), writing(ben, adam));
    const told = notificationsOf(decision, desk, ada).filter(({ kind }) => kind === "mention");
    expect(told.map(({ userId }) => userId)).toEqual(["ben", "adam"]);
    expect(decision.ticket.followerIds).toEqual(["ben", "adam"]);
    expect(decision.events[1]).toMatchObject({
      kind: "followers_changed",
      changes: { followers: { from: null, to: { label: "ADAM, BEN" } } },
    });
  });

  test.each([
    ["a reply", reply],
    ["a note", addNote],
  ])("%s: must be able to see the ticket, or all of it is refused", (_, write) => {
    const without = { ...ben, isActive: false };
    expect(refusalOf(() => write(by(ada), writing(cleo, adam, without)))).toEqual({
      code: "mention.not_eligible",
      userIds: ["cleo", "ben"],
    });
  });

  test("on the customer's side is told of a reply, follows nothing, and is no word for a note", () => {
    const decision = reply(by(ada), writing(cora, carl));
    expect(notificationsOf(decision, desk, ada)).toEqual([
      { userId: "cora", kind: "mention" },
      { userId: "carl", kind: "mention" },
    ]);
    expect(decision.ticket.followerIds).toEqual([]);
    expect(refusalOf(() => addNote(by(ada), writing(cora, carl, ben)))).toEqual({
      code: "mention.not_eligible",
      userIds: ["cora", "carl"],
    });
  });

  test("of a note reads notes: who does not is refused there, not in a reply", () => {
    const permissions = new Set([...ben.permissions].filter((each) => each !== "ticket.note"));
    const reader = { ...ben, permissions };
    expect(refusalOf(() => addNote(by(ada), writing(reader)))).toMatchObject({ userIds: ["ben"] });
    expect(reply(by(ada), writing(reader)).ticket.followerIds).toEqual(["ben"]);
  });

  test("follows once: those who do already, and the assignee, are told and no more", () => {
    const ticket = { ...inCopy.ticket, assigneeId: "ada", followerIds: ["adam"] };
    const decision = reply(by(ben, { ...inCopy, ticket }), {
      ...writing(ada, adam),
      mentioned: { people: [ada, adam], followers: [labelOfPerson(adam)] },
    });
    expect(decision.events.map(({ kind }) => kind)).toEqual(["reply_added"]);
    expect(notificationsOf(decision, desk, ben)).toEqual(
      expect.arrayContaining([
        { userId: "ada", kind: "mention" },
        { userId: "adam", kind: "mention" },
      ]),
    );
  });
});

test("a mention in a note leaves the ticket as it was to those who do not see notes", () => {
  const { ticket } = addNote(by(ada), writing(ben));
  const { lastEventSequence, followerIds, ...rest } = ticket;
  expect({ ...rest, followerIds: [], lastEventSequence: 1 }).toEqual(inCopy.ticket);
  expect(lastEventSequence).toBe(3);
  expect(followerIds).toEqual(["ben"]);
});
