import { expect, test } from "vitest";
import type { FileStore } from "../attachments/file-store.ts";
import { sweepImportFiles } from "./claim.ts";
import { openImportBench } from "./importing.fixtures.ts";

const line = JSON.stringify({ title: "Swept", customer: "swept@customer.example" });

test("files are taken away after their days, but for those that are still to be read; one that cannot be keeps no other", async () => {
  await using bench = await openImportBench({ LOG_LEVEL: "silent" });
  const { resources } = bench.server;
  const { sql, files } = resources;
  const { api } = await bench.server.as("omar");
  const stuck = await bench.send(line);
  const done = await bench.imported(line, { kind: "tickets", format: "jsonl" });
  const waiting = await bench.send(line);
  const { id } = await api.imports.create.mutate({ fileId: waiting.id, kind: "tickets", format: "jsonl" });
  await sql`update import_files set created_at = created_at - interval '8 days'`;
  await sql`update import_files set created_at = created_at - interval '1 day' where id = ${stuck.id}`;
  const young = await bench.send(line);
  const rows = await sql<{ id: string; key: string }[]>`select id, storage_key as key from import_files`;
  const keyOf = (fileId: string | null) => rows.find((row) => row.id === fileId)!.key;
  const there = async (...ids: (string | null)[]) =>
    Promise.all(ids.map((fileId) => files.has(keyOf(fileId))));

  const failing = {
    remove: (key: string) =>
      key === keyOf(stuck.id) ? Promise.reject(new Error("The disk says no.")) : files.remove(key),
  } as FileStore;
  expect(await sweepImportFiles({ ...resources, files: failing })).toBe(1);
  expect(await there(stuck.id, done.fileId, waiting.id, young.id)).toEqual([true, false, true, true]);
  expect(await api.imports.get.query({ importId: done.id })).toMatchObject({ fileId: null, state: "done" });

  await bench.step();
  expect((await api.imports.get.query({ importId: id })).progress).toMatchObject({ made: 1 });
  expect(await sweepImportFiles(resources)).toBe(2);
  expect(await there(stuck.id, waiting.id, young.id)).toEqual([false, false, true]);
});
