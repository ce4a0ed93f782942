import { isInstant } from "../instant.ts";
import { actorUserId } from "../identity/actor.ts";
import { stepsBetween } from "../sla/escalation.ts";
import { explain } from "../sla/explain.ts";
import { isDone } from "../sla/period.ts";
import { type Priority, priorities, slaMetrics } from "../values.ts";
import { isCustomerOf } from "./access.ts";
import { categoryOf, decisionsOf, pairsOf } from "./story.fixtures.ts";
import { compareClocks, foldClocks, type PastEvent } from "./fold-clocks.ts";
import type { Law } from "./ticket-laws.fixtures.ts";
import { isQuiet } from "./ticket.ts";

const isRunning = ({ state }: { state: string }) => state === "running" || state === "paused";

export const clockLaws: Record<string, Law> = {
  "the due instants are those of the running clocks": (story) =>
    decisionsOf(story).filter(({ ticket, cycles }) => {
      const due = (metric: string) =>
        cycles.find((cycle) => cycle.metric === metric && cycle.state === "running")?.dueAt ?? null;
      return (
        ticket.firstResponseDueAt !== due("first_response") ||
        ticket.nextResponseDueAt !== due("next_response") ||
        ticket.resolutionDueAt !== due("resolution")
      );
    }),

  "the cycles to write are exactly those that are not as they were": (story) =>
    story.steps.filter(({ situation, decision }) => {
      if (!decision) return false;
      const changed = decision.cycles.filter((cycle) => !situation.cycles.includes(cycle));
      return (
        changed.length !== decision.changedCycles.length ||
        changed.some((cycle) => !decision.changedCycles.includes(cycle))
      );
    }),

  "nothing is due that is paused, answered, done or governed by no policy": (story) =>
    decisionsOf(story).filter(({ ticket }) => {
      const category = categoryOf(story, ticket);
      const policy = story.desk.policies.find(({ id }) => id === ticket.slaPolicyId);
      const isPaused = category === "waiting" && policy?.pausesResolution;
      const isAnswered = category === "closed" || ticket.firstRespondedAt !== null;
      return (
        (ticket.resolutionDueAt !== null && (isDone(category) || isPaused || !policy)) ||
        (ticket.firstResponseDueAt !== null && (isAnswered || !policy)) ||
        (ticket.nextResponseDueAt !== null &&
          (isDone(category) || ticket.firstUnansweredAt === null || !policy))
      );
    }),

  "at most one clock of a metric is open, and none on a closed ticket": (story) =>
    decisionsOf(story).filter(({ ticket, cycles }) => {
      const open = cycles.filter(isRunning).map(({ metric }) => metric);
      return (
        new Set(open).size !== open.length || (categoryOf(story, ticket) === "closed" && open.length > 0)
      );
    }),

  "a next response is waited for since the first customer message that nobody has answered": (story) => {
    let since: string | null = null;
    let isAnswered = false;
    return story.steps.filter(({ name, by, at, situation, decision }) => {
      if (!decision) return false;
      if (name === "reply") {
        if (isCustomerOf(by, situation.ticket)) {
          since ??= isAnswered && situation.ticket.lastPublicReplyAt !== at ? at : null;
        } else if (by.kind === "user") {
          since = null;
          isAnswered = true;
        }
      }
      const isMoved = decision.events.some(({ kind }) => kind === "status_changed");
      if (isMoved && isDone(categoryOf(story, decision.ticket))) since = null;
      const open = decision.cycles.find(
        ({ metric, state }) => metric === "next_response" && ["running", "paused"].includes(state),
      );
      return decision.ticket.firstUnansweredAt !== since || (open && open.startedAt !== since);
    });
  },

  "each breach and each warning is told once, in the decision that first records it": (story) =>
    pairsOf(story).filter(([before, now]) =>
      (
        [
          ["sla_breached", "breachedAt"],
          ["sla_warning", "warnedAt"],
        ] as const
      ).some(([kind, mark]) => {
        const marked = ({ cycles }: typeof now) => cycles.filter((cycle) => cycle[mark] !== null).length;
        return now.events.filter((event) => event.kind === kind).length !== marked(now) - marked(before);
      }),
    ),

  "each escalation step is taken once, of a clock that is broken and runs, and told in the decision that takes it":
    (story) =>
      pairsOf(story).filter(([before, now]) => {
        const steps = now.cycles.flatMap(
          ({ metric, ordinal, policyId, escalatedAfterSeconds: until, ...cycle }) => {
            const was = before.cycles.find((each) => each.metric === metric && each.ordinal === ordinal);
            const since = was?.escalatedAfterSeconds ?? null;
            if (until === since || until === null) return [];
            const policy = story.desk.policies.find(({ id }) => id === policyId)!;
            const taken = stepsBetween(policy.escalations, metric, since, until);
            return [
              { taken, isRight: taken.length > 0 && cycle.breachedAt !== null && was?.state !== "paused" },
            ];
          },
        );
        const told = now.events.filter(({ kind }) => kind === "sla_escalated").length;
        return steps.some(({ isRight }) => !isRight) || told !== steps.flatMap(({ taken }) => taken).length;
      }),

  "escalation never lowers a priority, nor gives a ticket to somebody who cannot have it": (story) =>
    story.steps.filter(({ name, situation: { ticket }, decision }) => {
      if (name !== "watch" || !decision) return false;
      const rank = ({ priority }: { priority: Priority }) => priorities.indexOf(priority);
      const { assigneeId } = decision.ticket;
      return (
        rank(decision.ticket) < rank(ticket) ||
        (assigneeId !== ticket.assigneeId && (assigneeId === null || assigneeId === ticket.customerId))
      );
    }),

  "a warning comes before due, and never after the breach": (story) =>
    decisionsOf(story).flatMap(({ cycles }) =>
      cycles.filter(
        ({ warningAt, warnedAt, dueAt, breachedAt, state }) =>
          (state === "paused" && warningAt !== null) ||
          (warningAt !== null && dueAt !== null && breachedAt === null && warningAt > dueAt) ||
          (warnedAt !== null && breachedAt !== null && warnedAt > breachedAt),
      ),
    ),

  "a breach and a warning stay as they were recorded, and so does all of a clock that has ended, but for the undo of a merge":
    (story) =>
      pairsOf(story).flatMap(([before, now]) => {
        const isUndo = now.events.some(({ kind }) => kind === "unmerged");
        return before.cycles.filter((cycle) => {
          const since = now.cycles.filter(
            ({ metric, ordinal }) => metric === cycle.metric && ordinal === cycle.ordinal,
          );
          const hasChanged = JSON.stringify(since[0]) !== JSON.stringify(cycle);
          return (
            since.length !== 1 ||
            (cycle.breachedAt !== null && since[0]?.breachedAt !== cycle.breachedAt) ||
            (cycle.warnedAt !== null && since[0]?.warnedAt !== cycle.warnedAt) ||
            (!isRunning(cycle) && hasChanged && !(cycle.state === "cancelled" && isUndo))
          );
        });
      }),

  "no instant goes back or is ahead of its decision": (story) =>
    pairsOf(story).filter(([before, { at, ticket, events }]) => {
      const { resolvedAt, closedAt, firstRespondedAt, lastCustomerMessageAt, lastPublicReplyAt } = ticket;
      const known = [resolvedAt, closedAt, firstRespondedAt, lastCustomerMessageAt, lastPublicReplyAt]
        .filter((instant) => instant !== null)
        .concat(ticket.updatedAt);
      return !(
        ticket.createdAt === story.opened.at &&
        ticket.updatedAt === (events.some(({ kind }) => !isQuiet(kind)) ? at : before.ticket.updatedAt) &&
        known.every((instant) => isInstant(instant) && ticket.createdAt <= instant && instant <= at) &&
        (before.ticket.lastCustomerMessageAt ?? "") <= (lastCustomerMessageAt ?? "") &&
        (before.ticket.lastPublicReplyAt ?? "") <= (lastPublicReplyAt ?? "")
      );
    }),

  "the categories are those the ticket has had, in order, up to its own, merges aside": (story) => {
    const had: string[] = [];
    return decisionsOf(story).filter(({ ticket, categories }) => {
      const category = categoryOf(story, ticket);
      if (had.at(-1) !== category && ticket.merge === null) had.push(category);
      const instants = categories.map(({ at }) => at);
      return (
        categories.map((change) => change.category).join() !== had.join() ||
        instants.join() !== instants.toSorted().join()
      );
    });
  },

  "a decision is the same a second time, and by a history that tells moves within a category too": (
    story,
  ) => {
    const moves = [{ at: story.opened.at, category: categoryOf(story, story.opened.ticket) }];
    return story.steps.filter(({ situation, decision, again }) => {
      if (!decision) return false;
      const second = again(situation);
      const { ticket, cycles } = again({ ...situation, categories: [...moves] });
      if (decision.events.some(({ kind }) => kind === "status_changed")) {
        moves.push({ at: decision.at, category: categoryOf(story, decision.ticket) });
      }
      return (
        JSON.stringify(second) !== JSON.stringify(decision) ||
        JSON.stringify([ticket, cycles]) !== JSON.stringify([decision.ticket, decision.cycles])
      );
    });
  },

  "the spans of every clock cover its time without a gap and sum to what it has used": (story) =>
    decisionsOf(story).flatMap(({ cycles, categories, at }) =>
      slaMetrics.flatMap((metric) =>
        explain(metric, cycles, {
          calendarOf: (id) => story.desk.calendars.get(id)!,
          history: categories,
          at,
        }).filter(
          ({ spans, elapsedSeconds, explainedSeconds }) =>
            explainedSeconds !== elapsedSeconds ||
            spans.some(({ from, to }, index) => from >= to || (spans[index + 1]?.from ?? to) !== to),
        ),
      ),
    ),

  "its history alone gives a ticket's clocks": (story) => {
    const actors = [story.opener, ...story.steps.filter(({ decision }) => decision).map(({ by }) => by)];
    const { customerId, source } = story.opened.ticket;
    const past: PastEvent[] = [];
    return decisionsOf(story).flatMap(({ events, cycles, at }, index) => {
      const actor = actors[index]!;
      past.push(
        ...events.map((event) => ({
          ...event,
          at,
          actorKind: actor.kind,
          actorId: actorUserId(actor),
          rulesVersion: 1,
        })),
      );
      const folded = foldClocks(story.desk, { customerId, source }, { events: past.toReversed() }, at);
      return compareClocks(cycles, folded.cycles, at);
    });
  },
};
