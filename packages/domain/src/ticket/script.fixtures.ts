import fc from "fast-check";
import { type EscalationAction, escalationRoles } from "../sla/escalation.ts";
import { isDone } from "../sla/period.ts";
import { priorities, reopenModes, slaMetrics, sources, statusCategories } from "../values.ts";
import { calendars, defaultGraph, desk, policy, statusId } from "./desk.fixtures.ts";
import { StatusGraph } from "./status.ts";
import { type Script, actNames, cast } from "./story.fixtures.ts";

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
const action: fc.Arbitrary<EscalationAction> = fc.oneof(
  fc.record({
    kind: fc.constant("notify" as const),
    roles: fc.subarray([...escalationRoles]),
    userIds: fc.subarray(["ada", "cora", "nobody"]),
  }),
  fc.record({
    kind: fc.constant("reassign" as const),
    userId: fc.constantFrom("ada", "cleo", "nobody", null),
  }),
  fc.record({
    kind: fc.constant("raise_priority" as const),
    priority: fc.option(fc.constantFrom(...priorities)),
  }),
);
const escalationStep = fc.record({
  metric: fc.constantFrom(...slaMetrics),
  afterDueSeconds: fc.oneof(fc.constant(0), fc.nat(2 * DAY)),
  action,
});
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
    escalations: fc.record({ steps: fc.array(escalationStep, { maxLength: 4 }) }),
  }),
  { maxLength: 3 },
);

/** Anybody's acts on a ticket, over any statuses and policies. */
export const script: fc.Arbitrary<Script> = fc
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
        name: fc.constantFrom(...actNames, "reply", "reply", "reply", "reply", "set_status", "set_status"),
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
