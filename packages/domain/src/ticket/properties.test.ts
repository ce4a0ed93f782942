import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDone } from "../sla/period.ts";
import { priorities, reopenModes, slaCycleStates, slaMetrics, sources, statusCategories } from "../values.ts";
import { clockLaws } from "./clock-laws.fixtures.ts";
import { calendars, defaultGraph, desk, policy, statusId } from "./desk.fixtures.ts";
import { StatusGraph } from "./status.ts";
import { type Script, type Story, actNames, cast, decisionsOf, play } from "./story.fixtures.ts";
import { ticketLaws } from "./ticket-laws.fixtures.ts";
import { isClockEvent, ticketEventKinds } from "./ticket.ts";

const DAY = 86_400;

/** Any statuses with any ways between them; new tickets begin in the first. */
const graph = fc
  .array(fc.record({ category: fc.constantFrom(...statusCategories), ways: fc.nat(), position: fc.nat(9) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((drawn) => {
    const all = [{ category: "open" as const, ways: 126, position: 0 }, ...drawn];
    return new StatusGraph(
      all.map(({ category, ways, position }, index) => ({
        id: statusId(`s${index}`),
        key: `s${index}`,
        name: `Status ${index}`,
        category,
        color: "#000000",
        position,
        isDefault: index === 0,
        isResolved: isDone(category),
        nextIds: all.flatMap((_, to) => (to !== index && (ways >> to) % 2 === 1 ? [statusId(`s${to}`)] : [])),
      })),
    );
  });

const target = fc.option(fc.integer({ min: 60, max: 2 * DAY }));
const someOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const policies = fc.array(
  fc.record({
    priorities: someOf(priorities),
    departmentIds: fc.subarray(["support", "billing"]),
    calendarId: fc.constantFrom(...calendars.keys()),
    firstResponseTargetSeconds: target,
    nextResponseTargetSeconds: target,
    resolutionTargetSeconds: target,
    pausesFirstResponse: fc.boolean(),
    pausesResolution: fc.boolean(),
    reopenMode: fc.constantFrom(...reopenModes),
    warnings: fc.record({
      beforeDueSeconds: fc.dictionary(fc.constantFrom(...slaMetrics), fc.integer({ min: 1, max: DAY })),
    }),
  }),
  { maxLength: 3 },
);

const script: fc.Arbitrary<Script> = fc
  .record({
    statuses: fc.oneof(fc.constant(defaultGraph), graph),
    policies,
    billingCalendarId: fc.option(fc.constantFrom(...calendars.keys())),
    opener: fc.constantFrom(...cast),
    opening: fc.record({
      id: fc.constant("ticket"),
      title: fc.constant("The printer is on fire"),
      priority: fc.constantFrom(...priorities),
      source: fc.constantFrom(...sources),
      customerId: fc.constantFrom("cora", "cora", "ada"),
      departmentId: fc.constantFrom("support", "billing", null),
    }),
    acts: fc.array(
      fc.record({
        // Replies move the clocks, so there are more of them.
        name: fc.constantFrom(...actNames, "reply", "reply", "reply"),
        by: fc.constantFrom(...cast),
        afterSeconds: fc.oneof(fc.constant(0), fc.nat(3_600), fc.nat(2 * DAY)),
        pick: fc.nat(2_519),
        isStale: fc.nat(9).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 24, size: "max" },
    ),
  })
  .map(({ statuses, policies: drawn, billingCalendarId, ...rest }) => {
    const billing = { ...desk.departments.get("billing")!, calendarId: billingCalendarId };
    return {
      ...rest,
      desk: {
        ...desk,
        statuses,
        departments: new Map([...desk.departments, ["billing", billing]]),
        policies: drawn.map(({ priorities: asked, departmentIds, ...terms }, position) =>
          policy({
            id: `p${position}`,
            position,
            conditions: { priorities: asked, departmentIds },
            ...terms,
          }),
        ),
      },
    };
  });

const forAny = (check: (story: Story) => void) =>
  fc.assert(
    fc.property(script, (given) => {
      check(play(given));
    }),
    { numRuns: 1_000, seed: 20_260_112 },
  );

// The timeout is for a loaded machine.
describe("for any history of a ticket, over any statuses and policies", { timeout: 60_000 }, () => {
  test.each(Object.entries({ ...ticketLaws, ...clockLaws }))("%s", (_, law) => {
    forAny((story) => expect(law(story)).toEqual([]));
  });

  test("every kind of event, refusal and clock comes up, so that the above says something", () => {
    const met = { events: new Set<string>(), refusals: new Set<string>(), clocks: new Set<string>() };
    forAny((story) => {
      for (const { name, refusal, decision } of story.steps) {
        if (refusal) met.refusals.add(refusal.code);
        const acts = decision?.events.map(({ kind }) => kind).filter((kind) => !isClockEvent(kind)) ?? [];
        // A bundle has any of them together.
        if (acts.length > 1 && name !== "bundle") met.events.add(acts.join(" and "));
      }
      for (const { events, cycles } of decisionsOf(story)) {
        if (events.length === 0) met.events.add("none");
        for (const { kind } of events) met.events.add(kind);
        for (const { metric, state, breachedAt, warnedAt } of cycles) {
          met.clocks.add(`${metric} ${state}`);
          if (warnedAt !== null) met.clocks.add(`${metric} warned`);
          if (breachedAt !== null) met.clocks.add(`${metric} breached`);
        }
      }
    });
    expect([...met.events].toSorted()).toEqual(
      [
        ...ticketEventKinds,
        "none",
        "reply_added and status_changed",
        "department_changed and assignee_changed",
        "ticket_reopened and status_changed",
        "title_changed and description_changed",
      ].toSorted(),
    );
    expect([...met.refusals].toSorted()).toEqual([
      "assignee.not_eligible",
      "department.not_found",
      "follower.not_eligible",
      "link.contradictory",
      "permission.denied",
      "status.unknown",
      "ticket.already_assigned",
      "ticket.closed",
      "ticket.not_closed",
      "transition.not_allowed",
      "version.conflict",
    ]);
    expect([...met.clocks].toSorted()).toEqual(
      [...slaCycleStates, "warned", "breached"]
        .flatMap((state) => slaMetrics.map((metric) => `${metric} ${state}`))
        .toSorted(),
    );
  });
});
