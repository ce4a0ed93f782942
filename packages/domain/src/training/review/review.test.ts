import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserActor } from "../../identity/actor.ts";
import { type Permission, permissionSet } from "../../identity/permission.ts";
import type { RefusalError } from "../../refusal.ts";
import type { SlaCycle } from "../../sla/cycle.ts";
import { autoFailKinds } from "../scenario.ts";
import { canSeeReview, expectMarks, expectReviewable } from "./review.ts";
import { type ReviewCredit, reviewCredits, reviewRubric } from "./rubric.ts";
import { type MarkedCriterion, markReview, measuredTimes, scoreReview } from "./score-review.ts";

// A failure is the same one everywhere.
fc.configureGlobal({ seed: 4 });

const all = (credit: ReviewCredit) =>
  Object.fromEntries(reviewRubric.criteria.map(({ id }) => [id, credit])) as Record<string, ReviewCredit>;
const measured = (millionths: number | null): MarkedCriterion[] => [
  { section: "responseTime", id: "resolution", weight: 3, text: "", millionths },
];
const refusal = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as RefusalError).refusal;
  }
};
const cycle = (metric: SlaCycle["metric"], elapsedSeconds: number, rest: Partial<SlaCycle> = {}) =>
  ({ metric, state: "satisfied", targetSeconds: 100, elapsedSeconds, ...rest }) as SlaCycle;

test("all in full is 100.00, nothing is 0.00, and what does not apply changes nothing", () => {
  const overall = (credits: Record<string, ReviewCredit>, time: number | null) =>
    scoreReview(markReview(credits, [], measured(time))).overall;
  expect(overall(all("full"), 1_000_000)).toBe(10_000);
  expect(overall(all("none"), 0)).toBe(0);
  expect(overall(all("partial"), 500_000)).toBe(5_000);
  expect(overall({ ...all("full"), identified: "not_applicable" }, null)).toBe(10_000);
});

test("a mixed review scores what a hand comes to", () => {
  const marks = markReview(
    { ...all("full"), empathy: "partial", confirmed: "none", steps_noted: "none" },
    [],
    measured(750_000),
  );
  const { sections, raw } = scoreReview(marks);
  expect(sections).toEqual({
    verification: 10_000,
    communication: 8_500,
    technical: 8_333,
    documentation: 5_000,
    responseTime: 7_500,
  });
  // (30 · 100 + 20 · 85 + 25 · 83.33 + 15 · 50 + 10 · 75) / 100
  expect(raw).toBe(8_283);
});

test("what was seen caps the score, and whoever asks for a secret has verified nobody", () => {
  const seen = (kind: (typeof autoFailKinds)[number]) =>
    scoreReview(markReview(all("full"), [{ kind, commentId: "c" }], measured(1_000_000)));
  expect(seen("unverified_action")).toMatchObject({ raw: 10_000, cap: 0, overall: 0, isPassed: false });
  expect(seen("leaked_personal_data")).toMatchObject({ overall: 6_900, isPassed: false });
  expect(seen("unsolved")).toMatchObject({ raw: 10_000, overall: 6_900, isPassed: false });
  expect(seen("asked_secret")).toMatchObject({ sections: { verification: 0 }, raw: 7_000, overall: 4_000 });
});

test("a better mark never lowers a score, and one more thing that caps it never raises it", () => {
  const order = ["none", "partial", "full"] as const;
  const marks = fc.record(
    Object.fromEntries(reviewRubric.criteria.map(({ id }) => [id, fc.constantFrom(...reviewCredits)])),
  ) as fc.Arbitrary<Record<string, ReviewCredit>>;
  const seen = fc
    .subarray([...autoFailKinds])
    .map((kinds) => kinds.map((kind) => ({ kind, commentId: "c" })));
  const time = fc.option(fc.integer({ min: 0, max: 1_000_000 }));
  fc.assert(
    fc.property(marks, seen, time, fc.nat(14), (credits, fails, millionths, at) => {
      const of = (some: Record<string, ReviewCredit>, caps = fails) =>
        scoreReview(markReview(some, caps, measured(millionths))).overall;
      const id = reviewRubric.criteria[at]!.id;
      const before = of(credits);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThanOrEqual(10_000);
      const place = order.indexOf(credits[id] as "none");
      const better = place < 0 ? credits[id]! : (order[place + 1] ?? "full");
      expect(of({ ...credits, [id]: better })).toBeGreaterThanOrEqual(before);
      for (const kind of autoFailKinds)
        expect(of(credits, [...fails, { kind, commentId: "c" }])).toBeLessThanOrEqual(before);
    }),
    { numRuns: 2_000 },
  );
});

test("times are measured by the clocks: full within the target, nothing at twice of it, the mean of several", () => {
  const credits = (cycles: SlaCycle[]) =>
    Object.fromEntries(measuredTimes(cycles).map(({ id, millionths }) => [id, millionths]));
  expect(
    credits([
      cycle("first_response", 100),
      cycle("next_response", 150),
      cycle("next_response", 20),
      cycle("next_response", 400, { state: "cancelled" }),
      cycle("resolution", 250),
    ]),
  ).toEqual({ first_response: 1_000_000, next_response: 750_000, resolution: 0 });
  expect(credits([cycle("resolution", 20, { state: "superseded" })])).toEqual({
    first_response: null,
    next_response: null,
    resolution: null,
  });
});

describe("a review is refused where", () => {
  const work = {
    ticket: { resolvedAt: "2026-01-12T08:00:00.000Z", customerId: "customer", ccIds: [] },
    workerIds: ["yuki", "customer"],
  };
  test.for<[string, string | null, typeof work | object, string | null]>([
    ["nothing is wrong: it is not", "yuki", work, null],
    [
      "the ticket is not resolved",
      "yuki",
      { ...work, ticket: { ...work.ticket, resolvedAt: null } },
      "ticket.not_resolved",
    ],
    ["it is of one's own work", "sofia", { ...work, workerIds: ["sofia"] }, "review.own_work"],
    ["the agent did not work on it", "omar", work, "review.agent_not_eligible"],
    ["nobody worked on it", null, work, "review.agent_not_eligible"],
    ["its customer is called the agent", "customer", work, "review.agent_not_eligible"],
  ])("%s", ([, agentId, of, code]) => {
    expect(refusal(() => expectReviewable("sofia", agentId, of as typeof work))?.code ?? null).toBe(code);
  });

  test("marks are missing, unknown, all not applicable, or without evidence; and all of it is said", () => {
    const comments = [
      { id: "c1", authorId: "yuki" },
      { id: "c2", authorId: "omar" },
    ];
    const problems = (
      credits: Record<string, ReviewCredit>,
      autoFails: { kind: "asked_secret"; commentId: string }[] = [],
    ) => refusal(() => expectMarks(credits, autoFails, "yuki", comments));
    const asked = (commentId: string) => ({ kind: "asked_secret" as const, commentId });
    const { greeting: _, ...missing } = all("full");
    expect(problems(all("full"), [asked("c1")])).toBeNull();
    expect(problems({ ...missing, charm: "full" }, [asked("c2")])).toEqual({
      code: "review.marks_invalid",
      problems: [
        "greeting is not marked.",
        "There is no criterion charm.",
        "asked_secret is shown by no comment of the agent.",
      ],
    });
    expect(problems(all("not_applicable"))).toMatchObject({ problems: ["Nothing applies."] });
    expect(problems(all("full"), [asked("c1"), asked("c1")])).toMatchObject({
      problems: ["asked_secret is there twice."],
    });
  });
});

test("a review is for the agent, and for reviewers who see the ticket", () => {
  const actor = (userId: string, ...permissions: Permission[]): UserActor => ({
    kind: "user",
    userId,
    organizationId: "o",
    roleKey: "r",
    permissions: permissionSet(permissions),
    departmentIds: new Set(["d1"]),
    authSessionId: "s",
    via: null,
  });
  const review = {
    agentId: "yuki",
    reviewerId: "sofia",
    ticket: { customerId: "c", ccIds: [], assigneeId: "yuki", departmentId: "d1" },
  };
  const elsewhere = { ...review, ticket: { ...review.ticket, departmentId: "d2" } };
  expect(canSeeReview(actor("yuki", "review.read_own"), elsewhere)).toBe(true);
  expect(canSeeReview(actor("omar", "review.read_own", "ticket.read_departments"), review)).toBe(false);
  expect(canSeeReview(actor("petra", "review.write", "ticket.read_departments"), review)).toBe(true);
  expect(canSeeReview(actor("petra", "review.write", "ticket.read_departments"), elsewhere)).toBe(false);
});
