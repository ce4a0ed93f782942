import { describe, expect, test } from "vitest";
import { addNote } from "./add-note.ts";
import { ada, after, ben, minute, movedTo, opened, refusalOf } from "./desk.fixtures.ts";
import { reply } from "./reply.ts";

const input = { commentId: "comment", body: "She has called twice." };

describe("an internal note", () => {
  test("is an internal comment and an event that names it", () => {
    const { comment, events } = addNote(after(opened(), ada, minute(20)), input);
    expect(comment).toEqual({ id: "comment", visibility: "internal", body: input.body });
    expect(events).toEqual([{ kind: "note_added", sequence: 2, changes: {}, commentId: "comment" }]);
  });

  test("answers nobody, moves nothing and stops no clock", () => {
    const before = movedTo("waiting");
    const { ticket, cycles } = addNote(after(before, ada, minute(20)), input);
    expect(ticket).toEqual({ ...before.ticket, lastEventSequence: 3 });
    expect(cycles).toEqual(before.cycles);
  });

  test("leaves a clock that has run out to those who may be noticed, such as a reply", () => {
    const late = after(opened(), ada, minute(24 * 60));
    expect(addNote(late, input).changedCycles).toEqual([]);
    const breached = reply(late, input).cycles.filter(({ breachedAt }) => breachedAt !== null);
    expect(breached.map(({ metric }) => metric)).toContain("first_response");
  });

  test("is refused to the ticket's own customer, who would not see it, whatever their role", () => {
    const own = opened({ customerId: "ada" });
    expect(refusalOf(() => addNote(after(own, ada, minute(20)), input))).toEqual({
      code: "permission.denied",
      permission: "ticket.note",
    });
    expect(refusalOf(() => addNote(after(own, ben, minute(20)), input))).toBeNull();
  });

  test("is refused on a closed ticket, and taken on a resolved one", () => {
    expect(refusalOf(() => addNote(after(movedTo("closed"), ada, minute(20)), input))).toEqual({
      code: "ticket.closed",
    });
    expect(refusalOf(() => addNote(after(movedTo("resolved"), ada, minute(20)), input))).toBeNull();
  });
});
