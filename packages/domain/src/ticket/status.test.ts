import { describe, expect, test } from "vitest";
import { defaultGraph, refusalOf, statusId } from "./desk.fixtures.ts";
import { defaultStatuses, type Status, StatusGraph } from "./status.ts";

const status = (key: string, change: Partial<Status> = {}): Status => ({
  id: statusId(key),
  key,
  name: key,
  category: "open",
  color: "#000000",
  position: 0,
  isDefault: false,
  isResolved: false,
  nextIds: [],
  ...change,
});

describe("a status graph", () => {
  test("finds statuses by key and by id", () => {
    expect(defaultGraph.byKey("waiting").id).toBe(statusId("waiting"));
    expect(defaultGraph.byId(statusId("waiting")).key).toBe("waiting");
  });

  test("an unknown key is refused with the keys there are, in their order", () => {
    expect(refusalOf(() => defaultGraph.byKey("on_hold"))).toEqual({
      code: "status.unknown",
      known: ["open", "in_progress", "waiting", "resolved", "closed"],
    });
    expect(refusalOf(() => defaultGraph.byKey(statusId("open")))).toMatchObject({ code: "status.unknown" });
  });

  test("an unknown id is a defect, not a refusal", () => {
    expect(() => defaultGraph.byId("open")).toThrow(/No status open/);
  });

  test("what is allowed is told by key in the organization's order, not the one it was listed in", () => {
    const graph = new StatusGraph([
      status("a", { isDefault: true, nextIds: [statusId("d"), statusId("b")] }),
      status("b"),
      status("c"),
      status("d"),
    ]);
    expect(graph.allowed(graph.byKey("a"))).toEqual(["b", "d"]);
    expect(graph.allowed(graph.byKey("b"))).toEqual([]);
  });

  test("a move along the graph passes, any other is refused with those that would pass", () => {
    const move = (from: string, to: string) =>
      refusalOf(() => defaultGraph.expectTransition(defaultGraph.byKey(from), defaultGraph.byKey(to)));
    expect(move("resolved", "open")).toBeNull();
    expect(move("resolved", "waiting")).toEqual({
      code: "transition.not_allowed",
      from: "resolved",
      to: "waiting",
      allowed: ["open", "in_progress", "closed"],
    });
    expect(move("open", "open")).toMatchObject({ code: "transition.not_allowed", from: "open", to: "open" });
    expect(move("closed", "open")).toMatchObject({ code: "transition.not_allowed", allowed: [] });
  });

  test("the first of a category that may follow is the one in front, not the one listed first", () => {
    const graph = new StatusGraph([
      status("start", {
        isDefault: true,
        category: "waiting",
        nextIds: [statusId("back"), statusId("front"), statusId("work")],
      }),
      status("elsewhere", { position: 0 }),
      status("back", { position: 2 }),
      status("front", { position: 1 }),
      status("work", { category: "in_progress" }),
    ]);
    const start = graph.byKey("start");
    expect(graph.firstAllowedIn(start, "open")?.key).toBe("front");
    expect(graph.firstAllowedIn(start, "in_progress")?.key).toBe("work");
    expect(graph.firstAllowedIn(start, "resolved")).toBeUndefined();
    expect(start.nextIds).toEqual([statusId("back"), statusId("front"), statusId("work")]);
  });

  test("an archived status is known by id and in history, leads on, and nothing leads to it", () => {
    const graph = new StatusGraph(
      [status("a", { isDefault: true, nextIds: [statusId("b"), statusId("old")] }), status("b")],
      [status("old", { category: "waiting", nextIds: [statusId("b")] })],
    );
    const old = graph.byId(statusId("old"));
    expect(graph.categoryOf("old")).toBe("waiting");
    expect(graph.allowed(old)).toEqual(["b"]);
    expect(refusalOf(() => graph.expectTransition(old, graph.byKey("b")))).toBeNull();
    expect(graph.allowed(graph.byKey("a"))).toEqual(["b"]);
    expect(graph.firstAllowedIn(graph.byKey("a"), "waiting")).toBeUndefined();
    expect(refusalOf(() => graph.byKey("old"))).toEqual({ code: "status.unknown", known: ["a", "b"] });
    expect(() => graph.categoryOf("never")).toThrow(/No status never/);
  });

  test("new tickets begin in the default status, without which there is no graph", () => {
    expect(new StatusGraph([status("a"), status("b", { isDefault: true })]).initial.key).toBe("b");
    expect(() => new StatusGraph([status("a")])).toThrow(/default status/);
  });
});

describe("the default statuses", () => {
  test("are one of each category, resolved where the category says so, and begin open", () => {
    expect(defaultStatuses.map(({ category }) => category)).toEqual([
      "open",
      "in_progress",
      "waiting",
      "resolved",
      "closed",
    ]);
    expect(defaultStatuses.filter(({ isResolved }) => isResolved).map(({ category }) => category)).toEqual([
      "resolved",
      "closed",
    ]);
    expect(defaultGraph.initial.category).toBe("open");
  });

  test("lead to resolved from all work, to closed from everywhere, and out of closed nowhere", () => {
    const reach = (key: string) => defaultGraph.allowed(defaultGraph.byKey(key));
    for (const key of ["open", "in_progress", "waiting"]) {
      expect(reach(key)).toEqual(expect.arrayContaining(["resolved", "closed"]));
    }
    expect(reach("resolved")).toContain("closed");
    expect(reach("closed")).toEqual([]);
  });
});
