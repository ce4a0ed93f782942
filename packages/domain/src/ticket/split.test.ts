import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notificationsOf } from "../notification/audience.ts";
import { visibilities } from "../values.ts";
import {
  ada,
  adam,
  after,
  labelOfPerson,
  minute,
  opened,
  opening,
  personOf,
  refusalOf,
} from "./desk.fixtures.ts";
import { script } from "./script.fixtures.ts";
import { type MovedComment, split, splitOff } from "./split.ts";
import { decisionsOf, play } from "./story.fixtures.ts";
import { watchClocks } from "./watch-clocks.ts";

const carl = personOf("customer", "carl");
const fresh = { ...opening, id: "fresh", title: "Also the logo" };
const inCopy = opened();
const ticket = { ...inCopy.ticket, ccIds: ["carl"], number: 1 };
const at = minute(120);
const situation = { ...after(inCopy, ada, at), ticket };
const comment = (id: string, authorId: string, visibility: MovedComment["visibility"] = "public") => ({
  id,
  authorId,
  visibility,
});
const comments = [comment("one", "cora"), comment("psst", "ada", "internal"), comment("toms", "carl")];
const input = { version: 1, opening: fresh, comments, cc: [labelOfPerson(carl)] };

describe("a split", () => {
  test("opens a ticket from which its comments can be told, with those in copy, and a first response due from now", () => {
    const made = split(situation, input);
    expect(made.events).toMatchObject([
      {
        sequence: 1,
        kind: "ticket_opened",
        changes: { split_from: { from: null, to: { id: "ticket", label: "#1" } } },
      },
      { sequence: 2, kind: "cc_changed", changes: { cc: { from: null, to: { id: "carl" } } } },
      { sequence: 3, kind: "reply_moved", commentId: "one" },
      { sequence: 4, kind: "note_moved", commentId: "psst" },
      { sequence: 5, kind: "reply_moved", commentId: "toms" },
    ]);
    expect(made.ticket).toMatchObject({
      id: "fresh",
      customerId: "cora",
      ccIds: ["carl"],
      createdAt: at,
      firstRespondedAt: null,
      firstResponseDueAt: minute(180),
      lastEventSequence: 5,
      version: 1,
    });
    expect(made.before).toBeNull();
    expect(made.changedCycles).toEqual(made.cycles);
    expect(made.cycles).toHaveLength(2);
  });

  test("is told by the old ticket, whose clocks stay", () => {
    const left = splitOff(situation, { id: "fresh", number: 2 }, comments);
    expect(left.events.filter(({ kind }) => kind === "split_off")).toMatchObject([
      {
        changes: {
          split_to: { to: { id: "fresh", label: "#2" } },
          comments: { from: { id: "one,psst,toms", label: "3 comments" }, to: null },
        },
      },
    ]);
    expect(left.ticket).toMatchObject({ firstResponseDueAt: ticket.firstResponseDueAt, version: 2 });
  });

  test("may be for who wrote in copy, who then is no longer in copy; for nobody else but the customer", () => {
    const to =
      (customerId: string, moved = comments) =>
      () =>
        split(situation, { ...input, comments: moved, opening: { ...fresh, customerId } });
    expect(to("carl")().ticket).toMatchObject({ customerId: "carl", ccIds: [] });
    expect(refusalOf(to("cora"))).toBeNull();
    const refused = { code: "customer.not_found" };
    expect(refusalOf(to("carl", comments.slice(0, 2)))).toEqual(refused);
    expect(refusalOf(to("ada"))).toEqual(refused);
    expect(refusalOf(to("nobody"))).toEqual(refused);
  });

  test("of notes is for those who see them", () => {
    const own = { ...situation, actor: { ...ada, userId: "cora" } };
    expect(refusalOf(() => split(own, input))).toEqual({ code: "comment.not_found" });
    expect(refusalOf(() => split(own, { ...input, comments: comments.slice(0, 1) }))).toBeNull();
  });
});

test("for any history, comments move once each in their order, numbered without a gap, and the old ticket keeps fields and clocks", () => {
  const drawn = fc.record({
    script,
    moved: fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        authorId: fc.constantFrom("cora", "ada"),
        visibility: fc.constantFrom(...visibilities),
      }),
      { minLength: 1, maxLength: 6, selector: ({ id }) => id },
    ),
  });
  let splits = 0;
  fc.assert(
    fc.property(drawn, ({ script: given, moved }) => {
      const last = decisionsOf(play(given)).at(-1)!;
      const before = { ...after(last, adam, last.at, given.desk), ticket: { ...last.ticket, number: 1 } };
      const own = { ...fresh, customerId: last.ticket.customerId };
      const run = () =>
        split(before, { version: last.ticket.version, opening: own, comments: moved, cc: [] });
      if (refusalOf(run) !== null) return;
      splits++;
      const made = run();
      expect(made.events.map(({ sequence }) => sequence)).toEqual(made.events.map((_, index) => index + 1));
      const places = made.events.filter(({ commentId }) => commentId !== null);
      expect(places.map(({ commentId, kind }) => [commentId, kind])).toEqual(
        moved.map(({ id, visibility }) => [id, visibility === "public" ? "reply_moved" : "note_moved"]),
      );
      const told = notificationsOf(made, given.desk, adam).map(({ userId }) => userId);
      expect(new Set(told).size).toBe(told.length);

      const seen = watchClocks(before);
      const left = splitOff(before, { id: "fresh", number: 2 }, moved);
      const { version: _, lastEventSequence: __, updatedAt: ___, ...fields } = seen.ticket;
      expect(left.ticket).toMatchObject(fields);
      expect(left.cycles).toEqual(seen.cycles);
    }),
    { numRuns: 1_000, seed: 20_260_116 },
  );
  expect(splits).toBeGreaterThan(400);
});
