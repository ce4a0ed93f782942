import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slaCycleStates, slaMetrics } from "../values.ts";
import { clockLaws } from "./clock-laws.fixtures.ts";
import { script } from "./script.fixtures.ts";
import { type Story, decisionsOf, play } from "./story.fixtures.ts";
import { ticketLaws } from "./ticket-laws.fixtures.ts";
import { isClockEvent, ticketEventKinds } from "./ticket.ts";

const forAny = (check: (story: Story) => void) =>
  fc.assert(
    fc.property(script, (given) => {
      check(play(given));
    }),
    { numRuns: 1_000, seed: 20_260_112 },
  );

// The timeout is for a loaded machine.
describe("for any history of a ticket, over any statuses and policies", () => {
  test.each(Object.entries({ ...ticketLaws, ...clockLaws }))("%s", (_, law) => {
    forAny((story) => expect(law(story)).toEqual([]));
  });

  test("every kind of event, refusal and clock comes up, so that the above says something", () => {
    const met = { events: new Set<string>(), refusals: new Set<string>(), clocks: new Set<string>() };
    forAny((story) => {
      for (const { name, refusal, decision } of story.steps) {
        if (refusal) met.refusals.add(refusal.code);
        const acts = decision?.events.map(({ kind }) => kind).filter((kind) => !isClockEvent(kind)) ?? [];
        // A bundle has any of them together, and so have escalation steps.
        if (acts.length > 1 && name !== "bundle" && name !== "watch") met.events.add(acts.join(" and "));
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
        // What is moved here is so from the opening on.
        ...ticketEventKinds.filter((kind) => kind !== "reply_moved" && kind !== "note_moved"),
        "none",
        "reply_added and status_changed",
        "department_changed and assignee_changed",
        "ticket_reopened and status_changed",
        "title_changed and description_changed",
      ].toSorted(),
    );
    expect([...met.refusals].toSorted()).toEqual([
      "assignee.not_eligible",
      "cc.not_eligible",
      "comment.not_found",
      "customer.not_found",
      "department.not_found",
      "field.invalid",
      "follower.not_eligible",
      "link.contradictory",
      "permission.denied",
      "status.unknown",
      "ticket.already_assigned",
      "ticket.closed",
      "ticket.merged",
      "ticket.not_closed",
      "ticket.not_merged",
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
