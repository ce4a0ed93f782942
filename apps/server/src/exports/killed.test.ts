import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { WorkerProcess } from "../worker/process.fixtures.ts";
import { sha256Of, takeApart } from "./archive.fixtures.ts";
import { claim } from "./claim.ts";
import { openBench } from "./exporting.fixtures.ts";
import { WorkerStops, run } from "./run.ts";

const TICKETS = 20_000;

test("a worker killed in the midst of an export leaves nothing behind: another begins it anew, and its file is whole", async () => {
  await using bench = await openBench();
  const { server } = bench;
  const { sql, env, files } = server.resources;
  // Long enough to be killed in.
  await sql`
    insert into tags (organization_id, id, name, created_at, updated_at)
    select o.id, gen_random_uuid(), 'tag ' || n, o.created_at, o.created_at
    from organizations o, generate_series(1, ${TICKETS}::int) n where slug = 'demo'`;
  const { api } = await server.as("sofia");
  const { id } = await api.exports.create.mutate({});
  const row = async () =>
    (
      await sql<{ state: string; attempts: number; key: string }[]>`
        select state, attempts, storage_key as key from exports where id = ${id}`
    )[0]!;
  const stored = () => readdir(join(env.STORAGE_DIR, "exports")).catch(() => []);
  await using first = new WorkerProcess(env);
  await vi.waitUntil(async () => (await row()).state === "running" && (await stored()).length > 0, {
    interval: 5,
  });
  await first.kill();
  const killed = await row();
  expect(killed).toMatchObject({ state: "running", attempts: 1 });
  expect(await stored()).toEqual([killed.key.replace("exports/", "")]);
  // Nobody takes it while its claim holds.
  expect(await claim(bench.exporting, true)).toBeNull();
  bench.pass(61);
  await bench.step();
  expect(await row()).toMatchObject({ state: "ready", attempts: 2 });
  const made = await api.exports.get.query({ exportId: id });
  const { path } = await api.exports.createLink.mutate({ exportId: id });
  const archive = Buffer.from(await (await fetch(server.url + path)).arrayBuffer());
  expect(sha256Of(archive)).toBe(made.sha256);
  expect((await takeApart(archive)).lines("tables/tags.jsonl").length).toBeGreaterThanOrEqual(TICKETS);
  expect(await stored()).toEqual([(await row()).key.replace("exports/", "")]);
  expect(await files.has(killed.key)).toBe(false);
});

test("a worker that lost its claim writes nothing and takes only its own file away", async () => {
  await using bench = await openBench();
  const { api } = await bench.server.as("sofia");
  const { id } = await api.exports.create.mutate({});
  const slow = (await claim(bench.exporting, true))!;
  bench.pass(61);
  const quick = (await claim(bench.exporting, true))!;
  expect(quick).toMatchObject({ exportId: slow.exportId, attempt: 2 });
  const never = new AbortController().signal;
  await run(bench.exporting, quick, never);
  await run(bench.exporting, slow, never);
  expect(await bench.server.resources.files.has(quick.storageKey)).toBe(true);
  expect(await bench.server.resources.files.has(slow.storageKey)).toBe(false);
  expect((await api.exports.get.query({ exportId: id })).state).toBe("ready");
});

test("a worker that is stopped gives its export to another at once; one cancelled meanwhile stays cancelled", async () => {
  await using bench = await openBench();
  const { api } = await bench.server.as("sofia");
  const { id } = await api.exports.create.mutate({});
  const stopping = AbortSignal.abort(new WorkerStops());
  const claimed = await bench.step(stopping);
  expect(await bench.server.resources.files.has(claimed!.storageKey)).toBe(false);
  expect((await api.exports.get.query({ exportId: id })).state).toBe("queued");
  const again = (await claim(bench.exporting, true))!;
  await api.exports.cancel.mutate({ exportId: id });
  await run(bench.exporting, again, new AbortController().signal);
  expect((await api.exports.get.query({ exportId: id })).state).toBe("cancelled");
  expect(await bench.server.resources.files.has(again.storageKey)).toBe(false);
  // Its place is free.
  expect((await bench.exported("sofia")).made.state).toBe("ready");
});

test("what cannot be written is tried again, later each time, and given up in the end", async () => {
  await using bench = await openBench({ LOG_LEVEL: "silent" });
  const { sql } = bench.server.resources;
  const { api } = await bench.server.as("sofia");
  const { id } = await api.exports.create.mutate({});
  // The last of its tables cannot be read.
  await sql`alter table erasures rename to gone`;
  for (let attempt = 1; attempt <= 10; attempt++) {
    expect((await bench.step())!.attempt).toBe(attempt);
    expect(await bench.step()).toBeNull();
    bench.pass(30 * attempt + 1);
  }
  expect((await api.exports.get.query({ exportId: id })).state).toBe("failed");
  await sql`alter table gone rename to erasures`;
  await bench.step();
  expect(
    await sql`select 1 from exports where id = ${id} and due_at is null and storage_key is null`,
  ).toHaveLength(1);
  expect((await bench.exported("sofia")).made.state).toBe("ready");
});
