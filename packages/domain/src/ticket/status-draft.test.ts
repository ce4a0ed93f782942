import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { statusCategories } from "../values.ts";
import { after, cora, desk, minute, opened, refusalOf } from "./desk.fixtures.ts";
import { reply } from "./reply.ts";
import { type GraphProblem, type StatusDraft, expectSoundGraph, graphProblems } from "./status-draft.ts";
import { StatusGraph, defaultStatuses } from "./status.ts";

const sound = defaultStatuses as readonly StatusDraft[];
const changed = (key: string, change: Partial<StatusDraft>): StatusDraft[] =>
  sound.map((status) => (status.key === key ? { ...status, ...change } : status));
const problemsOf = (drafts: readonly StatusDraft[], known: [string, StatusDraft["category"]][] = []) =>
  graphProblems(drafts, new Map(known));

describe("a status graph is refused", () => {
  const triage: StatusDraft = { ...sound[0]!, key: "triage", isDefault: false, next: ["open"] };

  test("not at all where it is sound: the default one, and one with a status more", () => {
    expect(problemsOf(sound)).toEqual([]);
    expect(problemsOf([...sound, triage])).toEqual([]);
    expect(refusalOf(() => expectSoundGraph(sound, new Map()))).toBeNull();
  });

  test.each<[string, StatusDraft[], GraphProblem[]]>([
    [
      "for a key given twice",
      [...sound, { ...triage, key: "open" }],
      [{ kind: "key_duplicate", key: "open" }],
    ],
    ["without a default", changed("open", { isDefault: false }), [{ kind: "default_missing" }]],
    [
      "for a second default",
      changed("in_progress", { isDefault: true }),
      [{ kind: "default_duplicate", key: "in_progress" }],
    ],
    [
      "for a default that is not open",
      changed("open", { isDefault: false }).map((each) =>
        each.key === "waiting" ? { ...each, isDefault: true } : each,
      ),
      [{ kind: "default_not_open", key: "waiting" }],
    ],
    [
      "for a way to nowhere",
      changed("open", { next: ["resolved", "gone"] }),
      [{ kind: "next_unknown", key: "open", next: "gone" }],
    ],
    [
      "for a way to itself",
      changed("open", { next: ["open", "resolved"] }),
      [{ kind: "next_itself", key: "open" }],
    ],
    [
      "for a way out of closed",
      changed("closed", { next: ["open"] }),
      [{ kind: "closed_continues", key: "closed" }],
    ],
    [
      "for an end that is not closed",
      changed("resolved", { next: [] }),
      [
        { kind: "dead_end", key: "resolved" },
        { kind: "work_unreachable", key: "resolved" },
      ],
    ],
    [
      "for work that cannot be resolved, only closed",
      changed("in_progress", { next: ["closed"] }),
      [{ kind: "resolved_unreachable", key: "in_progress" }],
    ],
    [
      "for a resolved status that a reply cannot reopen",
      changed("resolved", { next: ["closed"] }),
      [{ kind: "work_unreachable", key: "resolved" }],
    ],
    [
      "for a waiting status from which a reply leads to no work, though some way goes round",
      changed("waiting", { next: ["resolved"] }),
      [{ kind: "work_unreachable", key: "waiting" }],
    ],
  ])("%s", (_, drafts, problems) => {
    expect(problemsOf(drafts)).toEqual(problems);
    expect(refusalOf(() => expectSoundGraph(drafts, new Map()))).toEqual({
      code: "status.graph_invalid",
      problems,
    });
  });

  test("for another category than a key ever had, and not for the same", () => {
    expect(problemsOf(sound, [["waiting", "waiting"]])).toEqual([]);
    expect(problemsOf(sound, [["waiting", "in_progress"]])).toEqual([
      { kind: "category_fixed", key: "waiting", category: "in_progress" },
    ]);
  });
});

const keys = ["a", "b", "c", "d", "e", "f"];
const drawn = fc
  .array(
    fc.record({
      category: fc.constantFrom(...statusCategories),
      isDefault: fc.nat(5).map((n) => n === 0),
      next: fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: keys.length },
  )
  .map((all) =>
    all.map((each, i): StatusDraft => ({ ...each, key: keys[i]!, name: keys[i]!, color: "#000000" })),
  );

/** The same without most mistakes, so that some pass. */
const tidy = drawn.map((all) =>
  all.map((each, i) => ({
    ...each,
    category: i === 0 ? ("open" as const) : each.category,
    isDefault: i === 0,
    next:
      each.category === "closed" && i > 0
        ? []
        : each.next.filter((next) => next !== each.key && keys.indexOf(next) < all.length),
  })),
);
const drafts = fc.oneof(drawn, tidy);

const graphOf = (all: readonly StatusDraft[]): StatusGraph =>
  new StatusGraph(
    all.map(({ next, ...status }, position) => ({
      ...status,
      id: status.key,
      position,
      isResolved: status.category === "resolved" || status.category === "closed",
      nextIds: next,
    })),
  );

/** Follows every path that visits no status twice, from the start on. */
function findsResolved(all: readonly StatusDraft[], key: string, visited: readonly string[] = []): boolean {
  const status = all.find((each) => each.key === key);
  if (!status || visited.includes(key)) return false;
  if (status.category === "resolved") return true;
  if (status.category === "closed") return false;
  return status.next.some((next) => findsResolved(all, next, [...visited, key]));
}

describe("for any statuses", () => {
  const forAny = (check: (all: StatusDraft[], found: GraphProblem[]) => void) =>
    fc.assert(
      fc.property(drafts, (all) => check(all, problemsOf(all))),
      { numRuns: 3_000, seed: 20_260_112 },
    );
  const keysOf = (found: GraphProblem[], kind: GraphProblem["kind"]) =>
    found.flatMap((problem) => (problem.kind === kind && "key" in problem ? [problem.key] : []));

  test("those that cannot reach resolved are those from which no path of a slow search does", () => {
    forAny((all, found) => {
      const stuck = all.filter(
        ({ key, category }) =>
          ["open", "in_progress", "waiting"].includes(category) && !findsResolved(all, key),
      );
      expect(keysOf(found, "resolved_unreachable")).toEqual(stuck.map(({ key }) => key));
    });
  });

  test("in what passes a customer's reply takes every waiting or resolved ticket back to work", () => {
    let replies = 0;
    forAny((all, found) => {
      if (found.length > 0) return;
      const graph = graphOf(all);
      for (const status of graph.statuses) {
        if (status.category !== "waiting" && status.category !== "resolved") continue;
        replies++;
        const on = { ...desk, statuses: graph };
        const { ticket, ...rest } = after(opened({}, on), cora, minute(5), on);
        const replied = reply(
          { ...rest, ticket: { ...ticket, statusId: status.id } },
          { commentId: "c", body: "Again" },
        );
        expect(["open", "in_progress"]).toContain(graph.byId(replied.ticket.statusId).category);
      }
    });
    expect(replies).toBeGreaterThan(20);
  });

  test("what passes has one open default, no dead end but closed, and ways only to what is there", () => {
    let passed = 0;
    forAny((all, found) => {
      if (found.length > 0) return;
      passed++;
      const known = all.map(({ key }) => key);
      expect(all.filter(({ isDefault }) => isDefault).map(({ category }) => category)).toEqual(["open"]);
      for (const { key, category, next } of all) {
        expect(next.length > 0).toBe(category !== "closed");
        expect(known).toEqual(expect.arrayContaining([...next]));
        expect(next).not.toContain(key);
      }
    });
    expect(passed).toBeGreaterThan(10);
  });

  test("every problem comes up but a double key, which is drawn by none", () => {
    const met = new Set<string>();
    forAny((_, found) => found.forEach(({ kind }) => met.add(kind)));
    expect([...met].toSorted()).toEqual([
      "closed_continues",
      "dead_end",
      "default_duplicate",
      "default_missing",
      "default_not_open",
      "next_itself",
      "next_unknown",
      "resolved_unreachable",
      "work_unreachable",
    ]);
  });
});
