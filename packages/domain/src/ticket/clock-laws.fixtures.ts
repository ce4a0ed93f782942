import { isInstant } from "../instant.ts";
import { isDone } from "../sla/period.ts";
import { categoryOf, decisionsOf, pairsOf } from "./story.fixtures.ts";
import type { Law } from "./ticket-laws.fixtures.ts";

const isRunning = ({ state }: { state: string }) => state === "running" || state === "paused";

export const clockLaws: Record<string, Law> = {
  "the due instants are those of the running clocks": (story) =>
    decisionsOf(story).filter(({ ticket, cycles }) => {
      const due = (metric: string) =>
        cycles.find((cycle) => cycle.metric === metric && cycle.state === "running")?.dueAt ?? null;
      return (
        ticket.firstResponseDueAt !== due("first_response") || ticket.resolutionDueAt !== due("resolution")
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
        (ticket.firstResponseDueAt !== null && (isAnswered || !policy))
      );
    }),

  "at most one clock of a metric is open, and none on a closed ticket": (story) =>
    decisionsOf(story).filter(({ ticket, cycles }) => {
      const open = cycles.filter(isRunning).map(({ metric }) => metric);
      return (
        new Set(open).size !== open.length || (categoryOf(story, ticket) === "closed" && open.length > 0)
      );
    }),

  "a breach stays as it was recorded, and so does all of a clock that has ended": (story) =>
    pairsOf(story).flatMap(([before, now]) =>
      before.cycles.filter((cycle) => {
        const since = now.cycles.filter(
          ({ metric, ordinal }) => metric === cycle.metric && ordinal === cycle.ordinal,
        );
        const hasChanged = JSON.stringify(since[0]) !== JSON.stringify(cycle);
        return (
          since.length !== 1 ||
          (cycle.breachedAt !== null && since[0]?.breachedAt !== cycle.breachedAt) ||
          (!isRunning(cycle) && hasChanged)
        );
      }),
    ),

  "no instant goes back or is ahead of its decision": (story) =>
    pairsOf(story).filter(([before, { at, ticket, events }]) => {
      const { resolvedAt, closedAt, firstRespondedAt, lastCustomerMessageAt, lastPublicReplyAt } = ticket;
      const known = [resolvedAt, closedAt, firstRespondedAt, lastCustomerMessageAt, lastPublicReplyAt]
        .filter((instant) => instant !== null)
        .concat(ticket.updatedAt);
      return !(
        ticket.createdAt === story.opened.at &&
        ticket.updatedAt ===
          (events.some(({ kind }) => kind !== "note_added") ? at : before.ticket.updatedAt) &&
        known.every((instant) => isInstant(instant) && ticket.createdAt <= instant && instant <= at) &&
        (before.ticket.lastCustomerMessageAt ?? "") <= (lastCustomerMessageAt ?? "") &&
        (before.ticket.lastPublicReplyAt ?? "") <= (lastPublicReplyAt ?? "")
      );
    }),

  "the categories are those the ticket has had, in order, up to its own": (story) => {
    const had: string[] = [];
    return decisionsOf(story).filter(({ ticket, categories }) => {
      const category = categoryOf(story, ticket);
      if (had.at(-1) !== category) had.push(category);
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
};
