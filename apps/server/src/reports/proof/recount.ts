import type { Cycle, Facts } from "./facts.ts";
import {
  type Asked,
  type Expected,
  type Fact,
  count,
  figuresOf,
  grouped,
  isDone,
  isReported,
  keyOf,
  percentile,
  seconds,
  share,
} from "./grouping.ts";

function counts({ tickets }: Facts, asked: Asked): Expected {
  const facts = [...tickets.values()].map((ticket) => ({
    ticket,
    policyId: ticket.policyId,
    at: ticket.createdAt,
  }));
  return figuresOf(grouped(asked, facts), (group) => ({
    tickets: group.length,
    open: count(group, ({ ticket }) => ticket.resolvedAt === null),
  }));
}

/** Every ticket's history is gone through once for each part of the period that it lives to see. */
function volume(
  { tickets }: Facts,
  asked: Asked,
  parts: readonly { from: string; until: string }[],
): Expected {
  const expected: Expected = new Map();
  const all = [...tickets.values()].filter((ticket) => isReported(ticket, asked));
  const done = (key: string) => isDone(asked.categories.get(key));
  for (const { from, until } of parts) {
    const figures = { opened: 0, resolved: 0, reopened: 0, closed: 0, backlog: 0 };
    for (const { createdAt, moves } of all) {
      if (createdAt >= until) continue;
      if (createdAt >= from) figures.opened += 1;
      let isOpen = true;
      for (const { at, from: left, to } of moves) {
        if (at >= until) break;
        isOpen = !done(to);
        if (at < from) continue;
        if (done(to) && !done(left)) figures.resolved += 1;
        if (!done(to) && done(left)) figures.reopened += 1;
        if (asked.categories.get(to) === "closed" && asked.categories.get(left) !== "closed")
          figures.closed += 1;
      }
      if (isOpen) figures.backlog += 1;
    }
    expected.set(from, figures);
  }
  return expected;
}

function times({ tickets, cycles }: Facts, asked: Asked): Expected {
  const { definition } = asked;
  if (definition.kind !== "times") throw new Error("These are no times.");
  const { metric, clock } = definition;
  const facts: (Fact & { seconds: number })[] = [];
  if (clock === "calendar" && metric !== "next_response") {
    for (const ticket of tickets.values()) {
      const at = metric === "resolution" ? ticket.resolvedAt : ticket.firstRespondedAt;
      if (at !== null)
        facts.push({ ticket, policyId: ticket.policyId, at, seconds: seconds(ticket.createdAt, at) });
    }
  } else {
    const last = new Map<string, number>();
    for (const cycle of cycles)
      if (cycle.metric === metric)
        last.set(cycle.ticketId, Math.max(cycle.ordinal, last.get(cycle.ticketId) ?? 0));
    for (const cycle of cycles) {
      const ticket = tickets.get(cycle.ticketId)!;
      if (cycle.metric !== metric || cycle.satisfiedAt === null) continue;
      if (metric !== "next_response" && cycle.ordinal !== last.get(cycle.ticketId)) continue;
      if (metric === "resolution" && ticket.resolvedAt === null) continue;
      facts.push({
        ticket,
        policyId: cycle.policyId,
        at: cycle.satisfiedAt,
        seconds: clock === "business" ? cycle.elapsedSeconds : seconds(cycle.startedAt, cycle.satisfiedAt),
      });
    }
  }
  return figuresOf(grouped(asked, facts), (group) => {
    const sorted = group.map((fact) => fact.seconds).toSorted((a, b) => a - b);
    const sum = sorted.reduce((all, one) => all + one, 0);
    return {
      count: sorted.length,
      medianSeconds: percentile(sorted, 0.5),
      p90Seconds: percentile(sorted, 0.9),
      meanSeconds: Math.floor(sum / sorted.length + 0.5),
    };
  });
}

function compliance({ tickets, cycles }: Facts, asked: Asked): Expected {
  const brokenAt = ({ breachedAt, state, dueAt }: Cycle) =>
    breachedAt ?? (state === "running" && dueAt !== null && dueAt < asked.now ? dueAt : null);
  const facts = cycles.flatMap((cycle) => {
    const broken = brokenAt(cycle);
    const at = broken ?? cycle.satisfiedAt;
    const ticket = tickets.get(cycle.ticketId)!;
    if (cycle.state === "superseded" || at === null) return [];
    return [{ ticket, policyId: cycle.policyId, at, metric: cycle.metric, isBroken: broken !== null }];
  });
  return figuresOf(
    grouped(asked, facts, ({ metric }) => metric),
    (group) => {
      const breached = count(group, ({ isBroken }) => isBroken);
      const met = group.length - breached;
      return { met, breached, share: share(met, group.length) };
    },
  );
}

function satisfaction({ tickets, ratings }: Facts, asked: Asked): Expected {
  const facts = ratings
    .filter(({ wasAsked }) => wasAsked)
    .map((rating) => {
      const ticket = tickets.get(rating.ticketId)!;
      return { ...rating, ticket, policyId: ticket.policyId, at: rating.createdAt };
    });
  return figuresOf(grouped(asked, facts), (group) => {
    const good = count(group, ({ score }) => score === "good");
    const bad = count(group, ({ score }) => score === "bad");
    const commented = count(group, ({ comment }) => comment !== null);
    const asks = group.length;
    return {
      asked: asks,
      good,
      bad,
      commented,
      share: share(good, good + bad),
      responseRate: share(good + bad, asks),
    };
  });
}

function workload({ tickets, workerIds }: Facts, asked: Asked): Expected {
  const { from, until, reader, definition } = asked;
  const work = new Map<
    string,
    { open: number; assigned: number; replies: number; resolved: number; reopened: number; took: number[] }
  >();
  const of = (agentId: string) =>
    work.getOrInsertComputed(agentId, () => ({
      open: 0,
      assigned: 0,
      replies: 0,
      resolved: 0,
      reopened: 0,
      took: [],
    }));
  const isIn = (at: string) => at >= from && at < until;
  const done = (key: string) => isDone(asked.categories.get(key));
  for (const ticket of tickets.values()) {
    if (!isReported(ticket, asked)) continue;
    const { assigneeId, resolvedAt, given, moves, replies, customerId, ccIds } = ticket;
    for (const { at, to } of given) if (to !== null && isIn(at)) of(to).assigned += 1;
    for (const { at, by } of replies)
      if (by !== null && workerIds.has(by) && isIn(at) && by !== customerId && !ccIds.includes(by))
        of(by).replies += 1;
    if (assigneeId === null) continue;
    if (resolvedAt === null) of(assigneeId).open += 1;
    for (const { at, from: left, to } of moves) {
      if (!isIn(at) || done(left) === done(to)) continue;
      if (done(to)) of(assigneeId).resolved += 1;
      else of(assigneeId).reopened += 1;
    }
    if (resolvedAt === null || !isIn(resolvedAt)) continue;
    const since = given.filter(({ at, to }) => to === assigneeId && at <= resolvedAt).at(-1)?.at;
    of(assigneeId).took.push(seconds(since ?? ticket.createdAt, resolvedAt));
  }
  const assignees = definition.filters.assignees?.map((each) => (each === "me" ? reader.userId : each));
  const isWanted = (id: string) =>
    reader.scope === "own" ? id === reader.userId : assignees === undefined || assignees.includes(id);
  return new Map(
    [...work]
      .filter(([id]) => isWanted(id))
      .map(([id, { took, ...figures }]) => [
        keyOf("", [id]),
        {
          ...figures,
          medianHandlingSeconds: percentile(
            took.toSorted((a, b) => a - b),
            0.5,
          ),
        },
      ]),
  );
}

/** The figures of a report, counted ticket by ticket in plain loops. `parts` are those of a report over time. */
export function recount(
  facts: Facts,
  asked: Asked,
  parts: readonly { from: string; until: string }[],
): Expected {
  switch (asked.definition.kind) {
    case "counts":
      return counts(facts, asked);
    case "volume":
      return volume(facts, asked, parts);
    case "times":
      return times(facts, asked);
    case "compliance":
      return compliance(facts, asked);
    case "satisfaction":
      return satisfaction(facts, asked);
    case "workload":
      return workload(facts, asked);
    default:
      throw new Error("Lists have no figures.");
  }
}
