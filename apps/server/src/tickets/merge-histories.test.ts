import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, tom: HelpdeskApi, ben: HelpdeskApi, sofia: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, tom, ben, sofia] = await Promise.all([api("nora"), api("tom"), api("ben"), api("sofia")]);
});

afterAll(() => server[Symbol.asyncDispose]());

const isDone = async (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    (error: unknown) => {
      if (isRefusal(error) && error.data.refusal) return false;
      throw error;
    },
  );

const acts = [
  "reply",
  "answer",
  "note",
  "merge",
  "merge",
  "unmerge",
  "split",
  "split",
  "split",
  "wait",
  "close",
] as const;
const history = fc.array(
  fc.record({ act: fc.constantFrom(...acts), on: fc.nat(40), other: fc.nat(40), pick: fc.nat(255) }),
  { minLength: 8, maxLength: 16, size: "max" },
);

/** All rows of some tickets, as one sum: what a refused act must leave. */
async function sumOf(ticketIds: string[]): Promise<string> {
  const [row] = await server.resources.sql<{ sum: string }[]>`
    select md5(string_agg(line, '|' order by line)) as sum from (
      select t::text as line from tickets t where id in ${server.resources.sql(ticketIds)}
      union all select c::text from ticket_comments c where ticket_id in ${server.resources.sql(ticketIds)}
      union all select h::text from ticket_history h where ticket_id in ${server.resources.sql(ticketIds)}
      union all select s::text from sla_cycles s where ticket_id in ${server.resources.sql(ticketIds)}) l`;
  return row!.sum;
}

/** Plays a history on three new tickets of two people; returns the bodies that were written, and the acts that were done, or refused and yet changed something. */
async function playOn(
  ticketIds: string[],
  played: readonly { act: (typeof acts)[number]; on: number; other: number; pick: number }[],
) {
  const written: string[] = [];
  const done: string[] = [];
  const changed: string[] = [];
  const merged = new Set<string>();
  for (const [step, { act, on, other, pick }] of played.entries()) {
    // An undo is tried where there is something to undo, as long as there is.
    const among = act === "unmerge" && merged.size > 0 ? [...merged] : ticketIds;
    const ticketId = among[on % among.length]!;
    const { version, timeline } = await sofia.tickets.get.query({ ticketId });
    const before = await sumOf(ticketIds);
    const body = `${ticketIds[0]} ${step}`;
    const calls = {
      reply: () => (on % 3 === 2 ? tom : nora).tickets.reply.mutate({ ticketId, body }),
      answer: () => ben.tickets.reply.mutate({ ticketId, body }),
      note: () => ben.tickets.addNote.mutate({ ticketId, body }),
      merge: () =>
        ben.tickets.merge.mutate({ ticketId, version, intoTicketId: ticketIds[other % ticketIds.length]! }),
      unmerge: () => ben.tickets.unmerge.mutate({ ticketId, version }),
      split: async () => {
        const own = timeline.flatMap(({ comment, ticket }) =>
          comment && ticket.id === ticketId ? [comment.id] : [],
        );
        const some = own.filter((_, index) => (pick >> (index % 8)) % 2 === 1);
        const commentIds = some.length > 0 ? some : own;
        const { id } = await ben.tickets.split.mutate({ ticketId, version, commentIds, title: "Split" });
        ticketIds.push(id);
      },
      wait: () => ben.tickets.setStatus.mutate({ ticketId, version, status: "waiting" }),
      close: () =>
        ben.tickets.setStatus.mutate({ ticketId, version, status: pick % 4 === 0 ? "closed" : "resolved" }),
    } satisfies Record<(typeof acts)[number], () => Promise<unknown>>;
    if (await isDone(calls[act]())) {
      done.push(act);
      if (act === "merge") merged.add(ticketId);
      if (act === "unmerge") merged.delete(ticketId);
      if (["reply", "answer", "note"].includes(act)) written.push(body);
    } else if ((await sumOf(ticketIds)) !== before) {
      changed.push(act);
    }
  }
  return { written, done, changed };
}

test("over random histories of merges, undos and splits no comment is lost or doubled, and the clocks are those of the history", async () => {
  const done: string[] = [];
  await fc.assert(
    fc.asyncProperty(history, async (drawn) => {
      const opened = await Promise.all(
        [nora, nora, tom].map((by) => by.tickets.open.mutate({ title: "Any", description: "" })),
      );
      const ticketIds = opened.map(({ id }) => id);
      const played = await playOn(ticketIds, drawn);
      done.push(...played.done);
      expect(played.changed, "refused acts that changed something").toEqual([]);
      const stored = await server.resources.sql<{ body: string }[]>`
        select body from ticket_comments where ticket_id in ${server.resources.sql(ticketIds)}`;
      expect(stored.map(({ body }) => body).toSorted()).toEqual(played.written.toSorted());

      // Staff read each of them on exactly one ticket that is not merged.
      const all = await Promise.all(ticketIds.map((ticketId) => sofia.tickets.get.query({ ticketId })));
      const roots = all.filter(({ isMerged }) => !isMerged);
      const read = roots.flatMap(({ timeline }) => timeline.flatMap(({ comment }) => comment?.body ?? []));
      expect(read.toSorted()).toEqual(played.written.toSorted());
      expect(
        roots.flatMap(({ id, mergedFrom }) => [id, ...mergedFrom.map((from) => from.id)]).toSorted(),
      ).toEqual(ticketIds.toSorted());

      const gaps = await server.resources.sql`
        select t.id from tickets t where t.id in ${server.resources.sql(ticketIds)} and (
          t.last_event_sequence <> (select count(*) from ticket_history h where h.ticket_id = t.id)
          or t.last_event_sequence <> (select count(*) from events e where e.ticket_id = t.id))`;
      expect(gaps).toHaveLength(0);
    }),
    { numRuns: 24, seed: 20_260_115 },
  );
  // So that the above says something.
  for (const act of acts)
    expect([act, done.filter((each) => each === act).length]).toEqual([
      act,
      expect.toSatisfy((times: number) => times >= 8),
    ]);
  const differing: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof sofia.sla.rebuild.query>> = await sofia.sla.rebuild.query({
      cursor,
      limit: 100,
    });
    differing.push(...page.items.map(({ ticketId }) => ticketId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const played = await server.resources.sql<
    { id: string }[]
  >`select id from tickets where title in ('Any', 'Split')`;
  expect(differing.filter((id) => played.some((ticket) => ticket.id === id))).toEqual([]);
});
