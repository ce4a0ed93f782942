import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileStore } from "../attachments/file-store.ts";
import { claim } from "./claim.ts";
import { type ImportBench, openImportBench } from "./importing.fixtures.ts";
import { run } from "./run.ts";

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** Nothing but the position tells that they were made already. */
const lines = (title: string) =>
  Array.from({ length: 3 }, () => JSON.stringify({ title, customer: "twice@customer.example" })).join("\n");

/** A worker that has claimed an import and knows where it stands, and stands still until it is let go. */
async function slowWorker(title: string) {
  const { resources } = bench.server;
  const { api } = await bench.server.as("omar");
  const { id: fileId } = await bench.send(lines(title));
  const { id } = await api.imports.create.mutate({ fileId, kind: "tickets", format: "jsonl" });
  const isThere = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const files = {
    readFrom: async (key: string, offset: number) => {
      isThere.resolve();
      await goesOn.promise;
      return resources.files.readFrom(key, offset);
    },
  } as FileStore;
  const claimed = (await claim(resources))!;
  expect(claimed.importId).toBe(id);
  const running = run({ ...resources, files }, claimed, new AbortController().signal);
  await isThere.promise;
  return {
    id,
    goOn: () => (goesOn.resolve(), running),
    standing: () => api.imports.get.query({ importId: id }),
    cancel: () => api.imports.cancel.mutate({ importId: id }),
    made: async () =>
      (await resources.sql`select count(*)::int as n from tickets where title = ${title}`)[0]!["n"] as number,
  };
}

test("a worker whose claim was taken over makes nothing a second time", async () => {
  const { sql } = bench.server.resources;
  const slow = await slowWorker("Taken over");
  await sql`update imports set due_at = created_at where id = ${slow.id}`;
  expect((await bench.step())!.importId).toBe(slow.id);
  expect(await slow.made()).toBe(3);
  await slow.goOn();
  expect(await slow.made()).toBe(3);
  expect(await slow.standing()).toMatchObject({ state: "done", progress: { read: 3, made: 3 } });
});

test("an import that is cancelled while a worker is at it goes no further", async () => {
  const slow = await slowWorker("Cancelled");
  expect((await slow.cancel()).state).toBe("cancelled");
  await slow.goOn();
  expect(await slow.made()).toBe(0);
  expect(await slow.standing()).toMatchObject({ state: "cancelled", progress: { read: 0, made: 0 } });
  expect(await bench.step()).toBeNull();
});
