import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { verifyAudit } from "../audit/verify.ts";
import { MailInDesk } from "../mail-in/mail-in.fixtures.ts";
import { WorkerProcess } from "../worker/process.fixtures.ts";
import { eraseSome } from "./advance.ts";
import { inDatabase, inFiles } from "./everywhere.fixtures.ts";
import { EMAIL, MARKERS, NAME, OLD_NAME, PHONE, leaveTraces } from "./traces.fixtures.ts";

const TICKETS = 200;
const KILLS = 4;
const needles = [NAME, OLD_NAME, EMAIL, PHONE, ...MARKERS, "flumbermany"];

test("an erasure whose workers are killed is gone on with, counts nothing twice, and leaves nothing", async () => {
  await using desk = await MailInDesk.open();
  const { sql } = desk;
  const { userId } = await leaveTraces(desk);
  // Enough for many batches.
  await sql`
      with copied as (
        insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
          created_by_id, created_at, updated_at)
        select organization_id, gen_random_uuid(), 10000 + n, 'Flumbermany ' || n, 'Flumbermany.', status_id, priority,
          source, customer_id, created_by_id, created_at, updated_at
        from tickets, generate_series(1, ${TICKETS}) n
        where id = (select id from tickets where customer_id = ${userId} and merged_into_id is null order by id limit 1)
        returning organization_id, id)
      insert into ticket_texts select organization_id, id, to_tsvector('simple', 'flumbermany') from copied`;
  const [{ tickets }] = await sql<[{ tickets: number }]>`
      select count(*)::int as tickets from tickets where customer_id = ${userId}`;

  const { api } = await desk.server.as("sofia");
  const { id } = await api.erasures.request.mutate({ userId, email: EMAIL, otherNames: [OLD_NAME] });
  const place = async () => {
    const [row] = await sql<{ step: string; after: string | null }[]>`
        select step, after_key as after from erasures where id = ${id}`;
    return `${row!.step} ${row!.after}`;
  };
  const { env } = desk.server.resources;
  const stops: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = await place();
    await using worker = new WorkerProcess(env);
    while ((await place()) === before) {
      expect(worker.isRunning, "the worker lives until it is killed").toBe(true);
      await wait(1);
    }
    await worker.kill();
    stops.push(await place());
  }
  // In the middle, each time further on.
  expect(new Set(stops).size).toBe(KILLS);
  expect(stops.at(-1)).not.toContain("finished");
  while ((await eraseSome(desk.server.resources)) > 0);

  const done = await api.erasures.get.query({ erasureId: id });
  expect(done.isFinished).toBe(true);
  // Each of hers once, somebody else's whose texts named her, and the simulated one of the session that did.
  expect(done.counts["tickets"]).toBe(tickets + 2);
  expect(await inDatabase(sql, needles)).toEqual([]);
  expect(await inFiles(env.STORAGE_DIR, needles)).toEqual([]);
  for (const { faults } of await verifyAudit(sql)) expect(faults).toEqual([]);
  const [{ lines }] = await sql<[{ lines: number }]>`
      select count(*)::int as lines from audit_log where procedure = 'erasures.finish'`;
  expect(lines).toBe(1);
});
