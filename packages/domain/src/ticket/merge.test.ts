import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { type SlaCycle, usedSeconds } from "../sla/index.ts";
import type { Decision } from "./decision.ts";
import {
  ada,
  adam,
  after,
  cora,
  desk,
  minute,
  movedTo,
  opened,
  openedAt,
  personOf,
  policy,
  refusalOf,
} from "./desk.fixtures.ts";
import { merge, type NumberedSituation, unmerge } from "./merge.ts";
import { reply } from "./reply.ts";
import { script } from "./script.fixtures.ts";
import { StatusGraph } from "./status.ts";
import { type Act, type Script, decisionsOf, play } from "./story.fixtures.ts";

const HOUR = 3_600;
const promising = {
  ...desk,
  policies: [policy({ id: "p", firstResponseTargetSeconds: HOUR, resolutionTargetSeconds: 8 * HOUR })],
};

/** What comes next to a ticket that is called by a number. */
const then = (from: Decision, number: number, at: string, actor = ada): NumberedSituation => {
  const situation = after(from, actor, at, promising);
  return { ...situation, ticket: { ...situation.ticket, number } };
};

const first = opened({}, promising);
const second = opened({ id: "second" }, promising);
const mergeAt = (at: string, source = first, target = second) =>
  merge({ source: then(source, 1, at), target: then(target, 2, at), version: source.ticket.version });
const undoAt = (at: string, merged: Decision, target = second) =>
  unmerge({ source: then(merged, 1, at), target: then(target, 2, at), version: merged.ticket.version });
const of = (metric: string) => (cycle: SlaCycle) => cycle.metric === metric;

describe("a merge", () => {
  test("S43 closes the ticket into the other and cancels its clocks: nothing breaches later", () => {
    const { source, target } = mergeAt(minute(30));
    expect(source.ticket).toMatchObject({
      merge: { into: { id: "second", number: 2 }, openMetrics: ["first_response", "resolution"] },
      firstResponseDueAt: null,
      resolutionDueAt: null,
      closedAt: minute(30),
      version: 2,
    });
    expect(promising.statuses.byId(source.ticket.statusId).category).toBe("closed");
    expect(source.cycles.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    expect(source.events.map(({ kind }) => kind)).toEqual(["merged_into"]);
    expect(source.events[0]!.changes).toMatchObject({
      status: { from: { id: "open" }, to: { id: "closed" } },
      merged_into: { from: null, to: { id: "second", label: "#2" } },
    });
    expect(target.events).toMatchObject([
      { kind: "merge_received", changes: { merged_from: { from: null, to: { label: "#1" } } } },
    ]);
    expect(target.ticket).toEqual({
      ...second.ticket,
      number: 2,
      lastEventSequence: 2,
      updatedAt: minute(30),
    });
  });

  test("into a closed ticket, of a closed one, or from a version that is gone is refused", () => {
    const closed = movedTo("closed", second);
    const into = (target: Decision, version = 1) =>
      refusalOf(() =>
        merge({ source: then(first, 1, minute(30)), target: then(target, 2, minute(30)), version }),
      );
    expect(into(closed)).toEqual({ code: "ticket.closed" });
    expect(refusalOf(() => mergeAt(minute(30), movedTo("closed"), second))).toEqual({
      code: "ticket.closed",
    });
    expect(into(second, 7)).toEqual({ code: "version.conflict", version: 1 });
    expect(into(second)).toBeNull();
    expect(refusalOf(() => mergeAt(minute(30), movedTo("resolved"), movedTo("resolved", second)))).toBeNull();
  });

  test("into a merged ticket is refused, so that no chain comes back to where it began", () => {
    const { source, target } = mergeAt(minute(30));
    expect(refusalOf(() => mergeAt(minute(31), target, source))).toEqual({
      code: "ticket.merged",
      into: { id: "second", number: 2 },
    });
    const third = opened({ id: "third" }, promising);
    expect(refusalOf(() => mergeAt(minute(31), third, source))).toMatchObject({ code: "ticket.merged" });
    expect(refusalOf(() => mergeAt(minute(31), source, third))).toMatchObject({ code: "ticket.merged" });
    expect(mergeAt(minute(31), target, third).source.ticket.merge).toMatchObject({ into: { id: "third" } });
  });

  test("refuses what is written afterwards, and names the other ticket to those who may see it", () => {
    const { source } = mergeAt(minute(30), first, opened({ id: "second", customerId: "dora" }, promising));
    const says = (actor: typeof ada) =>
      refusalOf(() => reply(after(source, actor, minute(40), promising), { commentId: "c", body: "Hello" }));
    expect(says(ada)).toEqual({ code: "ticket.merged", into: { id: "second", number: 2 } });
    expect(says(cora)).toEqual({ code: "ticket.merged", into: null });
    expect(says(personOf("customer", "dora"))).toEqual({
      code: "ticket.merged",
      into: { id: "second", number: 2 },
    });
  });
});

describe("the undo of a merge", () => {
  test("gives back status and clocks, due when they were: the time while merged counts", () => {
    const { source: merged } = mergeAt(minute(30));
    const { source, target } = undoAt(minute(50), merged);
    expect(source.ticket).toEqual({
      ...first.ticket,
      number: 1,
      version: 3,
      lastEventSequence: 3,
      updatedAt: minute(50),
    });
    expect(source.cycles.map(({ dueAt, state }) => [dueAt, state])).toEqual([
      [minute(60), "running"],
      [minute(480), "running"],
    ]);
    const calendar = promising.calendars.get("berlin")!;
    for (const cycle of source.cycles) expect(usedSeconds(cycle, calendar, minute(55))).toBe(55 * 60);
    expect(source.events[0]!.changes).toMatchObject({
      status: { from: { id: "closed" }, to: { id: "open" } },
      merged_into: { from: { label: "#2" }, to: null },
    });
    expect(target.events).toMatchObject([
      { kind: "merge_undone", changes: { merged_from: { from: { label: "#1" }, to: null } } },
    ]);
  });

  test("breaks what fell due meanwhile at its own instant, and tells it once", () => {
    const { source: merged } = mergeAt(minute(30));
    const { source } = undoAt(minute(90), merged);
    expect(source.cycles.find(of("first_response"))).toMatchObject({
      dueAt: minute(60),
      breachedAt: minute(90),
      state: "running",
    });
    expect(source.events.map(({ kind }) => kind)).toEqual(["unmerged", "sla_breached"]);
    expect(source.cycles.find(of("resolution"))).toMatchObject({ breachedAt: null });
  });

  test("leaves a paused clock paused, and what was over before the merge over", () => {
    const waiting = movedTo("waiting", first);
    const { source: merged } = mergeAt(minute(30), waiting);
    const { source } = undoAt(minute(300), merged);
    expect(source.cycles.findLast(of("resolution"))).toMatchObject({ state: "paused", elapsedSeconds: 600 });
    expect(promising.statuses.byId(source.ticket.statusId).key).toBe("waiting");

    const answered = reply(after(first, ada, minute(10), promising), { commentId: "c", body: "Hello" });
    const back = undoAt(minute(40), mergeAt(minute(30), answered).source).source;
    expect(back.cycles.find(of("first_response"))).toEqual(answered.cycles.find(of("first_response")));
  });

  test("leads on where the status was archived meanwhile: to one of its category, or to the beginning", () => {
    const { source: merged } = mergeAt(minute(30), movedTo("waiting", first));
    const without = promising.statuses.statuses.filter(({ key }) => key !== "waiting");
    const waiting = promising.statuses.byKey("waiting");
    const statuses = new StatusGraph(without, [waiting]);
    const source = then(merged, 1, minute(50));
    const target = then(second, 2, minute(50));
    const undone = unmerge({
      source: { ...source, desk: { ...promising, statuses } },
      target,
      version: merged.ticket.version,
    });
    expect(undone.source.events.map(({ kind }) => kind)).toEqual(["unmerged", "status_changed"]);
    expect(statuses.byId(undone.source.ticket.statusId).key).toBe("open");
  });

  test("of no merge is refused", () => {
    expect(refusalOf(() => undoAt(minute(30), first))).toEqual({ code: "ticket.not_merged" });
  });
});

const fieldsOf = ({ ticket }: Decision) => {
  const { version: _, lastEventSequence: __, updatedAt: ___, ...rest } = ticket;
  return { ...rest, number: 0 };
};

/** Of what fell due in the time of a merge: when it is broken. */
const breach = (instant: string | null, from: string, to: string) =>
  instant !== null && instant >= from && instant < to ? to : instant;

describe("for any history over any statuses and policies", () => {
  const withMerge = fc.record({
    script,
    where: fc.nat(24),
    before: fc.nat(2 * 86_400),
    while: fc.nat(4 * 86_400),
  });

  /** The last decision where a merge and its undo came between, and where they did not. */
  function both({
    script: drawn,
    where,
    before,
    while: lasting,
  }: typeof withMerge extends fc.Arbitrary<infer T> ? T : never) {
    const acts = drawn.acts.filter(({ name }) => name !== "merge" && name !== "unmerge");
    const by = { by: adam, pick: 0, isStale: false };
    // Both end with a look at the clocks: what nobody has seen is not written down.
    const look: Act = { ...by, name: "watch", afterSeconds: 0 };
    const [early, late] = [acts.slice(0, where), [...acts.slice(where), look]];
    const mergedAt = plusSeconds(openedAt, before + early.reduce((sum, act) => sum + act.afterSeconds, 0));
    const undoneAt = plusSeconds(mergedAt, lasting);
    const pair: Act[] = [
      { ...by, name: "merge", afterSeconds: before },
      { ...by, name: "unmerge", afterSeconds: lasting },
    ];
    const [next, ...rest] = late;
    const later = [{ ...next!, afterSeconds: next!.afterSeconds + before + lasting }, ...rest];
    const run = (given: Script["acts"]) => play({ ...drawn, acts: given });
    return {
      merged: run([...early, ...pair, ...late]),
      plain: run([...early, ...later]),
      mergedAt,
      undoneAt,
    };
  }

  test("a merge and its undo leave a ticket as if they had not been: fields, clocks, due instants, breaches", () => {
    let compared = 0;
    fc.assert(
      fc.property(withMerge, (given) => {
        const { merged, plain, mergedAt, undoneAt } = both(given);
        const undone = merged.steps.findIndex(({ name, decision }) => name === "unmerge" && decision);
        if (undone < 0) return;
        compared++;
        const [one, other] = [decisionsOf(merged).at(-1)!, decisionsOf(plain).at(-1)!];
        const end = one.at > other.at ? one.at : other.at;
        const clocksOf = ({ cycles }: Decision) =>
          cycles.map((cycle) => {
            const { metric, ordinal, state, startedAt, policyId, calendarId, targetSeconds } = cycle;
            const calendar = merged.desk.calendars.get(calendarId)!;
            const dueAt = cycle.breachedAt === null ? cycle.dueAt : breach(cycle.dueAt, mergedAt, undoneAt);
            return {
              metric,
              ordinal,
              state,
              startedAt,
              policyId,
              calendarId,
              targetSeconds,
              dueAt,
              breachedAt: breach(cycle.breachedAt, mergedAt, undoneAt),
              used: usedSeconds(cycle, calendar, end),
              closedAt: cycle.closedAt,
            };
          });
        expect(clocksOf(one)).toEqual(clocksOf(other));
        const dues = ["firstResponseDueAt", "nextResponseDueAt", "resolutionDueAt"] as const;
        const [mine, theirs] = [fieldsOf(one), fieldsOf(other)];
        for (const due of dues) {
          mine[due] = breach(mine[due], mergedAt, undoneAt);
          theirs[due] = breach(theirs[due], mergedAt, undoneAt);
        }
        expect(mine).toEqual(theirs);
        expect(one.categories.map(({ category }) => category)).toEqual(
          other.categories.map(({ category }) => category),
        );
      }),
      { numRuns: 2_000, seed: 20_260_113 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  test("a merged ticket has no clock that runs or waits", () => {
    let merges = 0;
    fc.assert(
      fc.property(script, (given) => {
        for (const { ticket, cycles } of decisionsOf(play(given))) {
          if (ticket.merge === null) continue;
          merges++;
          expect(cycles.filter(({ state }) => state === "running" || state === "paused")).toEqual([]);
        }
      }),
      { numRuns: 1_000, seed: 20_260_114 },
    );
    expect(merges).toBeGreaterThan(100);
  });
});
