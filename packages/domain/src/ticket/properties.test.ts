import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCustomerOf } from "./access.ts";
import { isInstant } from "../instant.ts";
import { notificationsOf } from "../notification/audience.ts";
import { isDone } from "../sla/period.ts";
import { priorities, reopenModes, slaCycleStates, sources, statusCategories } from "../values.ts";
import type { Decision } from "./decision.ts";
import { calendars, defaultGraph, desk, policy, statusId } from "./desk.fixtures.ts";
import { StatusGraph } from "./status.ts";
import { type Script, type Story, actNames, cast, decisionsOf, play } from "./story.fixtures.ts";
import { type Ticket, ticketEventKinds } from "./ticket.ts";

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
    resolutionTargetSeconds: target,
    pausesFirstResponse: fc.boolean(),
    pausesResolution: fc.boolean(),
    reopenMode: fc.constantFrom(...reopenModes),
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
        name: fc.constantFrom(...actNames),
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

const holds = (property: (story: Story) => void) =>
  fc.assert(
    fc.property(script, (given) => property(play(given))),
    { numRuns: 1_000, seed: 20_260_112 },
  );

const categoryOf = (story: Story, { statusId: id }: Ticket) => story.desk.statuses.byId(id).category;
const fieldsOf = ({ statusId: status, priority, assigneeId, departmentId }: Ticket) =>
  JSON.stringify([status, priority, assigneeId, departmentId]);

/** Every decision after the opening with the one before it. */
const pairsOf = (story: Story): [before: Decision, now: Decision][] => {
  const all = decisionsOf(story);
  return all.slice(1).map((now, index) => [all[index]!, now]);
};

// The timeout is for a loaded machine.
describe(
  "for any history of a ticket, by anybody, over any statuses and policies",
  { timeout: 60_000 },
  () => {
    test("events are numbered from 1 without a gap, and the ticket knows the last", () =>
      holds((story) => {
        const decisions = decisionsOf(story);
        const sequences = decisions.flatMap(({ events }) => events.map(({ sequence }) => sequence));
        expect(sequences).toEqual(sequences.map((_, index) => index + 1));
        expect(decisions.at(-1)!.ticket.lastEventSequence).toBe(sequences.length);
      }));

    test("the version is 1 and one more for each decision that changed a field", () =>
      holds((story) => {
        expect(story.opened.ticket.version).toBe(1);
        for (const [{ ticket: before }, { ticket }] of pairsOf(story)) {
          expect(ticket.version - before.version).toBe(fieldsOf(before) === fieldsOf(ticket) ? 0 : 1);
        }
      }));

    test("the events alone tell the ticket's status, priority, assignee and department", () =>
      holds((story) => {
        const told: Record<string, string | null> = { assignee: null };
        for (const { events, ticket } of decisionsOf(story)) {
          for (const [field, { from, to }] of events.flatMap(({ changes }) => Object.entries(changes))) {
            expect(from?.id ?? null).toBe(told[field] ?? null);
            told[field] = to?.id ?? null;
          }
          expect(told).toEqual({
            status: story.desk.statuses.byId(ticket.statusId).key,
            priority: ticket.priority,
            assignee: ticket.assigneeId,
            department: ticket.departmentId,
          });
        }
      }));

    test("where nothing happened, nothing changed but what the clock shows", () =>
      holds((story) => {
        for (const [before, { events, ticket, comment }] of pairsOf(story)) {
          if (events.length === 0)
            expect({ ticket, comment }).toEqual({ ticket: before.ticket, comment: null });
        }
      }));

    test("the status moves only along the graph, and out of closed not at all", () =>
      holds((story) => {
        for (const [{ ticket: before }, { ticket }] of pairsOf(story)) {
          if (before.statusId === ticket.statusId) continue;
          expect(story.desk.statuses.byId(before.statusId).nextIds).toContain(ticket.statusId);
          expect(categoryOf(story, before)).not.toBe("closed");
        }
      }));

    test("every act on a closed ticket is refused", () =>
      holds((story) => {
        for (const { situation, refusal } of story.steps) {
          if (categoryOf(story, situation.ticket) !== "closed")
            expect(refusal?.code).not.toBe("ticket.closed");
          else expect(["ticket.closed", "version.conflict", "status.unknown"]).toContain(refusal?.code);
        }
      }));

    test("a stale version is refused with the version there is, and only that", () =>
      holds((story) => {
        for (const { situation, readVersion, refusal } of story.steps) {
          const { version } = situation.ticket;
          const isStale = readVersion !== null && readVersion !== version;
          if (refusal?.code === "status.unknown") continue;
          if (isStale) expect(refusal).toEqual({ code: "version.conflict", version });
          else expect(refusal?.code).not.toBe("version.conflict");
        }
      }));

    test("a ticket has been resolved while it is resolved or closed, and closed while it is closed", () =>
      holds((story) => {
        for (const { ticket } of decisionsOf(story)) {
          expect(ticket.resolvedAt !== null).toBe(isDone(categoryOf(story, ticket)));
          expect(ticket.closedAt !== null).toBe(categoryOf(story, ticket) === "closed");
        }
      }));

    test("the first response is the first public word of a person who is not the customer, and never changes", () =>
      holds((story) => {
        const first = story.steps.find(
          ({ name, by, decision }) =>
            name === "reply" &&
            decision &&
            by.kind === "user" &&
            by.userId !== story.opened.ticket.customerId,
        );
        for (const { at, ticket } of decisionsOf(story)) {
          if (first === undefined || at < first.at) expect(ticket.firstRespondedAt).toBeNull();
          if (first !== undefined && at > first.at) expect(ticket.firstRespondedAt).toBe(first.at);
        }
      }));

    test("after a customer's word a ticket neither waits nor is resolved, unless no way leads back to work", () =>
      holds((story) => {
        for (const { name, by, situation, decision } of story.steps) {
          if (name !== "reply" || !decision || !isCustomerOf(by, situation.ticket)) continue;
          const from = story.desk.statuses.byId(situation.ticket.statusId);
          const isBack = ["open", "in_progress"].includes(categoryOf(story, decision.ticket));
          const ways = from.nextIds.map((id) => story.desk.statuses.byId(id).category);
          const isStuck = !ways.some((category) => category === "open" || category === "in_progress");
          expect(isBack || isStuck).toBe(true);
        }
      }));

    test("the due instants are those of the running clocks, and none while paused, answered or done", () =>
      holds((story) => {
        for (const { ticket, cycles } of decisionsOf(story)) {
          const running = (metric: string) =>
            cycles
              .filter((cycle) => cycle.metric === metric && cycle.state === "running")
              .map(({ dueAt }) => dueAt);
          expect([ticket.firstResponseDueAt, ticket.resolutionDueAt]).toEqual([
            running("first_response")[0] ?? null,
            running("resolution")[0] ?? null,
          ]);
          const category = categoryOf(story, ticket);
          if (isDone(category)) expect(ticket.resolutionDueAt).toBeNull();
          if (category === "closed" || ticket.firstRespondedAt) expect(ticket.firstResponseDueAt).toBeNull();
          const governing = story.desk.policies.find(({ id }) => id === ticket.slaPolicyId);
          if (category === "waiting" && governing?.pausesResolution)
            expect(ticket.resolutionDueAt).toBeNull();
          if (!governing) expect(running("resolution")).toEqual([]);
        }
      }));

    test("at most one clock of a metric is open, and none on a closed ticket", () =>
      holds((story) => {
        for (const { ticket, cycles } of decisionsOf(story)) {
          const open = cycles.flatMap(({ state, metric }) =>
            state === "running" || state === "paused" ? [metric] : [],
          );
          expect(open).toHaveLength(new Set(open).size);
          if (categoryOf(story, ticket) === "closed") expect(open).toEqual([]);
        }
      }));

    test("a breach stays as it was recorded, and so does all of a clock that has ended", () =>
      holds((story) => {
        for (const [before, now] of pairsOf(story)) {
          for (const cycle of before.cycles) {
            const { metric, ordinal, state, breachedAt } = cycle;
            const since = now.cycles.filter((each) => each.metric === metric && each.ordinal === ordinal);
            expect(since).toHaveLength(1);
            if (breachedAt !== null) expect(since[0]!.breachedAt).toBe(breachedAt);
            if (state !== "running" && state !== "paused") expect(since[0]).toEqual(cycle);
          }
        }
      }));

    test("instants never go back, and none is ahead of its decision", () =>
      holds((story) => {
        for (const [before, { at, ticket, events, categories }] of pairsOf(story)) {
          expect(ticket.createdAt).toBe(story.opened.at);
          expect(ticket.updatedAt).toBe(events.length > 0 ? at : before.ticket.updatedAt);
          const {
            resolvedAt,
            closedAt,
            firstRespondedAt,
            lastCustomerMessageAt,
            lastPublicReplyAt,
            updatedAt,
          } = ticket;
          const known = [
            resolvedAt,
            closedAt,
            firstRespondedAt,
            lastCustomerMessageAt,
            lastPublicReplyAt,
            updatedAt,
          ];
          for (const instant of known.filter((each) => each !== null)) {
            expect(isInstant(instant) && ticket.createdAt <= instant && instant <= at).toBe(true);
          }
          for (const last of ["lastCustomerMessageAt", "lastPublicReplyAt"] as const) {
            expect((before.ticket[last] ?? "") <= (ticket[last] ?? "")).toBe(true);
          }
          const instants = categories.map((change) => change.at);
          expect(instants).toEqual(instants.toSorted());
          expect(categories.at(-1)!.category).toBe(categoryOf(story, ticket));
        }
      }));

    test("a decision is the same a second time, and the same from a history that tells every single move", () =>
      holds((story) => {
        const moves = [{ at: story.opened.at, category: categoryOf(story, story.opened.ticket) }];
        for (const { situation, decision, again } of story.steps) {
          if (!decision) continue;
          expect(again(situation)).toEqual(decision);
          const told = again({ ...situation, categories: [...moves] });
          expect(told).toEqual({ ...decision, categories: told.categories });
          if (decision.events.some(({ kind }) => kind === "status_changed")) {
            moves.push({ at: decision.at, category: categoryOf(story, decision.ticket) });
          }
        }
      }));

    test("nobody is told of their own act, nobody twice of one, and the customer of no note", () =>
      holds((story) => {
        const acts = [{ by: story.opener, decision: story.opened }, ...story.steps];
        for (const { by, decision } of acts) {
          if (!decision) continue;
          const { ticket, events } = decision;
          const told = notificationsOf(decision, story.desk, by);
          const users = told.map(({ userId }) => userId);
          expect(users).toHaveLength(new Set(users).size);
          if (by.kind === "user") expect(users).not.toContain(by.userId);
          for (const { userId, eventSequence } of told) {
            const event = events.find(({ sequence }) => sequence === eventSequence);
            expect(event).toBeDefined();
            if (event!.kind === "note_added") expect(userId).not.toBe(ticket.customerId);
          }
        }
      }));

    test("every kind of event, refusal and clock comes up, so that the above says something", () => {
      const met = { events: new Set<string>(), refusals: new Set<string>(), clocks: new Set<string>() };
      holds((story) => {
        for (const { refusal } of story.steps) if (refusal) met.refusals.add(refusal.code);
        for (const { events, cycles } of decisionsOf(story)) {
          if (events.length === 0) met.events.add("none");
          if (events.length > 1) met.events.add(events.map(({ kind }) => kind).join(" and "));
          for (const { kind } of events) met.events.add(kind);
          for (const { metric, state, breachedAt } of cycles) {
            met.clocks.add(`${metric} ${state}`);
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
        ].toSorted(),
      );
      expect([...met.refusals].toSorted()).toEqual([
        "assignee.not_eligible",
        "department.not_found",
        "status.unknown",
        "ticket.already_assigned",
        "ticket.closed",
        "transition.not_allowed",
        "version.conflict",
      ]);
      expect([...met.clocks].toSorted()).toEqual(
        [...slaCycleStates, "breached"]
          .flatMap((state) => [`first_response ${state}`, `resolution ${state}`])
          .toSorted(),
      );
    });
  },
);
