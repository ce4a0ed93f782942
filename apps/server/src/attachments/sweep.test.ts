import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plusSeconds } from "@helpdesk/domain";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { removeFiles, sweepAttachments } from "./sweep.ts";
import { Sender } from "./upload.fixtures.ts";

const stored = ({ resources }: TestServer): string[] => {
  const folder = join(resources.env.STORAGE_DIR, "attachments");
  return existsSync(folder) ? readdirSync(folder) : [];
};

async function sweepAfter({ resources }: TestServer, hours: number) {
  const { sql, jobs, files } = resources;
  const runtime = { ...systemRuntime, now: () => plusSeconds(systemRuntime.now(), hours * 3_600) };
  const swept = await sweepAttachments({ sql, runtime, jobs });
  const rows = await sql<{ data: { storageKeys: string[] } }[]>`
    delete from pgboss.job where name = 'remove_files' returning data`;
  for (const { data } of rows) await removeFiles(files, data.storageKeys);
  return swept;
}

test("uploads that nothing took up in a day go with their files and their part of the quota; attached ones stay", async () => {
  await using server = await startServer();
  const { sql } = server.resources;
  const nora = await Sender.named(server, "nora");
  const { api } = await server.as("nora");
  const attached = await nora.id("12345");
  await api.tickets.open.mutate({ title: "With a file", description: "", attachmentIds: [attached] });
  await nora.id("123");
  const usage = async () =>
    (await sql<{ used: number }[]>`select used_bytes as used from attachment_usage`)[0]!.used;
  expect([stored(server).length, await usage()]).toEqual([2, 8]);
  expect(await sweepAfter(server, 23)).toEqual({ uploads: 0, recounted: 0 });
  expect(await sweepAfter(server, 25)).toEqual({ uploads: 1, recounted: 0 });
  expect([stored(server).length, await usage()]).toEqual([1, 5]);
  expect(await nora.outcomeOf(attached)).toBe("ok");
});

test("what a crash left between row and file goes: the row names the file that is half there", async () => {
  await using server = await startServer();
  const { sql, env } = server.resources;
  const nora = await Sender.named(server, "nora");
  await nora.id("whole");
  // As a process leaves it that is killed in the middle of an upload.
  mkdirSync(join(env.STORAGE_DIR, "attachments"), { recursive: true });
  writeFileSync(join(env.STORAGE_DIR, "attachments", "half"), "hal");
  await sql`
    insert into attachments (organization_id, id, name, storage_key, state, uploaded_by_id, created_at)
    select organization_id, ${systemRuntime.newId()}, 'half.txt', 'attachments/half', 'receiving', uploaded_by_id, created_at
    from attachments`;
  expect(await sweepAfter(server, 1)).toEqual({ uploads: 0, recounted: 0 });
  expect(stored(server)).toContain("half");
  expect(await sweepAfter(server, 25)).toEqual({ uploads: 2, recounted: 0 });
  expect(stored(server)).toEqual([]);
});

test("a usage that is not what its files come to is counted anew", async () => {
  await using server = await startServer();
  const { sql } = server.resources;
  const nora = await Sender.named(server, "nora");
  await nora.id("12345");
  await sql`update attachment_usage set used_bytes = 99`;
  expect(await sweepAfter(server, 1)).toEqual({ uploads: 0, recounted: 1 });
  expect(await sql`select used_bytes::int as used from attachment_usage`).toMatchObject([{ used: 5 }]);
});
