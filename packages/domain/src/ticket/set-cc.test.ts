import { describe, expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import { canSee, seesNotes } from "./access.ts";
import type { Candidate } from "./assign.ts";
import { assign } from "./assign.ts";
import type { Decision } from "./decision.ts";
import {
  ada,
  after,
  ben,
  cora,
  desk,
  labelOfPerson,
  mia,
  minute,
  movedTo,
  opened,
  personOf,
  refusalOf,
} from "./desk.fixtures.ts";
import { foldClocks, compareClocks } from "./fold-clocks.ts";
import { reply } from "./reply.ts";
import { setCc } from "./set-cc.ts";

const [carl, dora] = [personOf("customer", "carl"), personOf("customer", "dora")];
const put = (from: Decision, ...people: Candidate[]) =>
  setCc(after(from, ada, minute(5)), {
    before: [carl, dora].filter(({ id }) => from.ticket.ccIds.includes(id)).map(labelOfPerson),
    after: people,
  });
const copied = put(opened(), carl);

describe("putting in copy", () => {
  test("is told with who was and who is, and changes no field", () => {
    const decision = put(copied, dora);
    expect(decision.ticket).toMatchObject({ ccIds: ["dora"], version: copied.ticket.version });
    expect(decision.events).toMatchObject([
      { kind: "cc_changed", changes: { cc: { from: { id: "carl" }, to: { id: "dora", label: "DORA" } } } },
    ]);
    expect(put(copied, carl).events).toEqual([]);
  });

  test("is for other active customers: who works on tickets follows them", () => {
    const wrong = [ada, cora, { ...dora, isActive: false }];
    expect(refusalOf(() => put(opened(), carl, ...wrong))).toEqual({
      code: "cc.not_eligible",
      userIds: ["ada", "cora", "dora"],
    });
  });

  test("tells those who are new to it", () => {
    expect(notificationsOf(put(copied, carl, dora), desk, ada)).toEqual([
      { userId: "dora", kind: "ticket_updated" },
    ]);
  });

  test("is for fifty at most, whoever puts them there one after the other", () => {
    const crowd = Array.from({ length: 51 }, (_, index) => personOf("customer", `customer ${index}`));
    const full = put(opened(), ...crowd.slice(0, 50));
    expect(full.ticket.ccIds).toHaveLength(50);
    expect(refusalOf(() => put(full, ...crowd))).toEqual({ code: "cc.too_many", limit: 50 });
  });

  test("keeps those who could not be put in copy any more", () => {
    const gone = { ...carl, isActive: false };
    expect(put(copied, gone, dora).ticket.ccIds).toEqual(["carl", "dora"]);
    expect(put(copied).ticket.ccIds).toEqual([]);
  });
});

describe("who is in copy", () => {
  test("sees the ticket without notes, and cannot be given it, whatever they may", () => {
    expect(canSee(carl, opened().ticket)).toBe(false);
    expect(canSee(carl, copied.ticket)).toBe(true);
    const promoted = { ...ada, userId: "carl", id: "carl" };
    expect(seesNotes(promoted, copied.ticket)).toBe(false);
    expect(seesNotes(ada, copied.ticket)).toBe(true);
    const give = () =>
      assign(after(copied, mia, minute(6)), { candidate: promoted, assignee: null, version: 1 });
    expect(refusalOf(give)).toEqual({ code: "assignee.not_eligible" });
  });

  test("writes as the customer does: a waiting ticket goes back to work, and nobody has responded", () => {
    const waiting = movedTo("waiting", copied);
    const decision = reply(after(waiting, carl, minute(20)), { commentId: "c", body: "And I" });
    expect(decision.events.map(({ kind }) => kind)).toEqual(["reply_added", "status_changed"]);
    expect(decision.ticket).toMatchObject({ firstRespondedAt: null, lastCustomerMessageAt: minute(20) });
  });

  test("hears of replies and moves as the customer does, and the customer of theirs", () => {
    const comment = { commentId: "c", body: "Hello" };
    const told = (actor: typeof ada) =>
      notificationsOf(reply(after(copied, actor, minute(20)), comment), desk, actor).map(
        ({ userId }) => userId,
      );
    expect(told(ada)).toEqual(["cora", "carl"]);
    expect(told(carl)).toEqual(["cora", "ada", "ben", "mia"]);
    expect(told(cora)).toEqual(["carl", "ada", "ben", "mia"]);
    const moved = movedTo("waiting", copied);
    expect(notificationsOf(moved, desk, mia)).toContainEqual({ userId: "carl", kind: "ticket_updated" });
  });

  test("is known to the fold of history: clocks are the same from it", () => {
    const answered = reply(after(copied, ben, minute(10)), { commentId: "a", body: "Hello" });
    const asked = reply(after(answered, carl, minute(20)), { commentId: "b", body: "And I" });
    const decisions: [Decision, Candidate][] = [
      [opened(), cora],
      [copied, ada],
      [answered, ben],
      [asked, carl],
    ];
    const events = decisions.flatMap(([{ events: all, at }, { id: actorId }]) =>
      all.map((event) => ({ ...event, at, actorId, actorKind: "user" as const, rulesVersion: 1 })),
    );
    const folded = foldClocks(desk, asked.ticket, { events }, minute(30));
    expect(folded.facts?.firstUnansweredAt).toBe(minute(20));
    expect(compareClocks(asked.cycles, folded.cycles, minute(30))).toEqual([]);
  });
});
