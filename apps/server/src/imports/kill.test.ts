import { expect, test } from "vitest";
import { WorkerProcess } from "../worker/process.fixtures.ts";
import { openImportBench } from "./importing.fixtures.ts";

/** More on demand: `IMPORT_TICKETS=100000`. */
const TICKETS = Number(process.env["IMPORT_TICKETS"] ?? 3_000);
const KILLS = 2;
const BROKEN_EVERY = 1_000;

const isBroken = (i: number) => i % BROKEN_EVERY === BROKEN_EVERY / 2;
const line = (i: number) => ({
  externalId: `k-${i}`,
  title: `Ticket ${i}`,
  description: `What happened to number ${i}.`,
  customer: `someone.${i % 500}@customer.example`,
  ...(isBroken(i) && { priority: "huge", assignee: 7 }),
  status: i % 3 === 0 ? "open" : "closed",
  tags: [`tag ${i % 7}`],
  createdAt: new Date(Date.UTC(2025, 0, 1) + i * 60_000).toISOString(),
  comments: [
    {
      author: `someone.${i % 500}@customer.example`,
      body: `Comment of ${i}.`,
      createdAt: new Date(Date.UTC(2025, 0, 2) + i * 60_000).toISOString(),
    },
  ],
});

test(
  "workers that are killed in the middle leave each ticket made once, each broken line told once, and all counts right",
  { timeout: 3_600_000 },
  async () => {
    await using bench = await openImportBench();
    const { sql, env } = bench.server.resources;
    const [{ before } = { before: 0 }] = await sql<{ before: number }[]>`
      select last_number as before from ticket_counters c join users u on u.organization_id = c.organization_id
      where not c.is_simulated and u.email = 'omar@lumen.example'`;
    const content = Array.from({ length: TICKETS }, (_, i) => `${JSON.stringify(line(i))}\n`).join("");
    const { id: fileId } = await bench.send(content);
    const { api } = await bench.server.as("omar");
    const { id } = await api.imports.create.mutate({ fileId, kind: "tickets", format: "jsonl" });
    const read = async () => (await api.imports.get.query({ importId: id })).progress.read;
    for (let kill = 1; kill <= KILLS; kill++) {
      await using worker = new WorkerProcess(env);
      const aim = (TICKETS * kill) / (KILLS + 2);
      await expect.poll(async () => (await read()) >= aim, { timeout: 1_800_000, interval: 5 }).toBe(true);
      await worker.kill();
      const midway = await api.imports.get.query({ importId: id });
      expect(midway.state).toBe("running");
      // As if the time had passed for which it was the dead worker's.
      await sql`update imports set due_at = created_at where id = ${id}`;
    }
    await Promise.all([bench.step(), bench.step()]);
    const done = await api.imports.get.query({ importId: id });
    const broken = Array.from({ length: TICKETS }, (_, i) => i).filter(isBroken);
    expect(done.state).toBe("done");
    expect(done.progress).toMatchObject({
      read: TICKETS,
      made: TICKETS - broken.length,
      skipped: 0,
      bad: broken.length,
    });
    const problems = await sql<{ line: number; field: string; reason: string }[]>`
      select line, field, reason from import_problems where import_id = ${id} order by line, ordinal`;
    expect(problems.map((row) => ({ ...row }))).toEqual(
      broken.flatMap((i) => [
        { line: i + 1, field: "priority", reason: "not_allowed" },
        { line: i + 1, field: "assignee", reason: "wrong_type" },
      ]),
    );
    const [made] = await sql`
      select count(*)::int as tickets, count(distinct t.number)::int as numbers, max(t.number) - min(t.number) + 1 as span,
        min(t.number) as first, count(distinct t.title)::int as titles,
        (select count(*)::int from ticket_comments c where c.body like 'Comment of %') as comments,
        (select count(*)::int from ticket_history h join import_keys k on k.thing_id = h.ticket_id where h.kind = 'reply_added') as replies
      from tickets t join import_keys k on k.organization_id = t.organization_id and k.thing_id = t.id`;
    const all = TICKETS - broken.length;
    expect(made).toEqual({
      tickets: all,
      numbers: all,
      span: all,
      first: before + 1,
      titles: all,
      comments: all,
      replies: all,
    });
    expect(await api.views.check.query()).toEqual([]);
    let cursor: string | null = null;
    do {
      const page: { items: unknown[]; nextCursor: string | null } = await api.sla.rebuild.query({
        limit: 100,
        cursor,
      });
      expect(page.items).toEqual([]);
      cursor = page.nextCursor;
    } while (cursor !== null);
  },
);
