import { readdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { takeApart } from "../exports/archive.fixtures.ts";
import { claim } from "../exports/claim.ts";
import { openBench } from "../exports/exporting.fixtures.ts";
import { run } from "../exports/run.ts";
import { upload } from "../imports/importing.fixtures.ts";
import { eraseSome } from "./advance.ts";

const EMAIL = "nora@brightbakery.example";

test("files sent to be imported and exports that are ready go, and one that is being made begins anew without the person", async () => {
  await using bench = await openBench();
  const { server, exporting } = bench;
  const { sql, env } = server.resources;
  const { api } = await server.as("sofia");
  const filesIn = (folder: string) => readdir(join(env.STORAGE_DIR, folder)).catch(() => []);
  const stateOf = async (exportId: string) => (await api.exports.get.query({ exportId })).state;

  expect((await upload(server, "omar", JSON.stringify({ email: EMAIL }))).ok).toBe(true);
  const { made, archive } = await bench.exported("sofia");
  expect([...(await takeApart(archive)).files.values()].join("\n")).toContain(EMAIL);
  const { id } = await api.exports.create.mutate({});
  const claimed = await claim(exporting, true);
  expect([await filesIn("imports"), await filesIn("exports")].map(({ length }) => length)).toEqual([1, 1]);

  const [{ id: userId }] = await sql<[{ id: string }]>`select id from users where email = ${EMAIL}`;
  await api.erasures.request.mutate({ userId, email: EMAIL });
  while ((await eraseSome(server.resources)) > 0);
  expect([await filesIn("imports"), await filesIn("exports")]).toEqual([[], []]);
  expect([await stateOf(made.id), await stateOf(id)]).toEqual(["expired", "queued"]);
  // The worker that was at it has lost it.
  await run(exporting, claimed!, new AbortController().signal);
  expect([await stateOf(id), await filesIn("exports")]).toEqual(["queued", []]);

  await bench.step();
  expect(await stateOf(id)).toBe("ready");
  const { path } = await api.exports.createLink.mutate({ exportId: id });
  const anew = await takeApart(await buffer((await fetch(`${server.url}${path}`)).body!));
  expect([...anew.files.values()].join("\n")).not.toContain(EMAIL);
});

test("a file that becomes an import's while an erasure waits for it stays", async () => {
  await using bench = await openBench();
  const { server } = bench;
  const { sql } = server.resources;
  const { api: omar } = await server.as("omar");
  const uploaded = await upload(server, "omar", JSON.stringify({ email: EMAIL, name: "Nora" }));
  const { id: fileId } = (await uploaded.json()) as { id: string };
  const [{ id: userId }] = await sql<[{ id: string }]>`select id from users where email = ${EMAIL}`;
  await (await server.as("sofia")).api.erasures.request.mutate({ userId, email: EMAIL });
  const waiting = async (like: string) => {
    const isWaiting = async () =>
      (await sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like ${like}`).length >
      0;
    while (!(await isWaiting())) await setTimeout(20);
  };
  const eraseAll = async () => {
    while ((await eraseSome(server.resources)) > 0);
  };
  let creating: Promise<unknown> = Promise.resolve();
  let erasing: Promise<unknown> = Promise.resolve();
  await sql.begin(async (holding) => {
    // The import holds its file by then, and waits for its asker.
    await holding`select from users where email = 'omar@lumen.example' for update`;
    creating = omar.imports.create.mutate({ fileId, kind: "users", format: "jsonl" });
    await waiting("%insert into imports%");
    erasing = eraseAll();
    await waiting("%from import_files f%for update%");
  });
  await creating;
  await erasing;
  expect(await sql`select f.id from import_files f join imports i on i.file_id = f.id`).toEqual([
    { id: fileId },
  ]);
});
