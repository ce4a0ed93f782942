import { describe, expect, test } from "vitest";
import { ada, after, minute, opened, refusalOf } from "./desk.fixtures.ts";
import { inverseOf, link, linkOf, ticketRelations, unlink } from "./link.ts";

const situation = after(opened(), ada, minute(5));
const other = { id: "other", number: 12 };

describe("a relation", () => {
  test("is stored the same way from whichever end it is seen", () => {
    for (const relation of ticketRelations) {
      expect(linkOf(relation, "a", "b")).toEqual(linkOf(inverseOf[relation], "b", "a"));
      expect(inverseOf[inverseOf[relation]]).toBe(relation);
    }
  });

  test("says who it is from: a ticket blocks another, or is blocked by it", () => {
    expect(linkOf("blocks", "a", "b")).toEqual({ fromId: "a", toId: "b", kind: "blocks" });
    expect(linkOf("blocked_by", "a", "b")).toEqual({ fromId: "b", toId: "a", kind: "blocks" });
  });
});

describe("linking", () => {
  test("is told by number and leaves the version alone", () => {
    const { ticket, events } = link(situation, { relation: "causes", other, links: [] });
    expect(ticket.version).toBe(situation.ticket.version);
    expect(events).toEqual([
      {
        kind: "link_added",
        sequence: 2,
        commentId: null,
        changes: { causes: { from: null, to: { id: "other", label: "#12" } } },
      },
    ]);
  });

  test("twice is once; the other way round is refused, but for what has no direction", () => {
    const links = [linkOf("blocks", "ticket", "other"), linkOf("relates_to", "ticket", "other")];
    const relate = (relation: (typeof ticketRelations)[number]) =>
      link(situation, { relation, other, links });
    expect(relate("blocks").events).toEqual([]);
    expect(relate("relates_to").events).toEqual([]);
    expect(refusalOf(() => relate("blocked_by"))).toEqual({ code: "link.contradictory", relation: "blocks" });
    expect(relate("duplicates").events).toHaveLength(1);
  });

  test("is undone where it was done, and nowhere else", () => {
    const links = [linkOf("duplicated_by", "ticket", "other")];
    expect(unlink(situation, { relation: "duplicates", other, links }).events).toEqual([]);
    expect(unlink(situation, { relation: "duplicated_by", other, links }).events).toMatchObject([
      { kind: "link_removed", changes: { duplicated_by: { from: { label: "#12" }, to: null } } },
    ]);
  });
});
