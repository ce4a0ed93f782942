import { expect, test, vi } from "vitest";
import { openImportBench } from "./importing.fixtures.ts";
import { keepImporting } from "./keep-importing.ts";

test("a long import lets others have their turn, and is whole in the end", async () => {
  await using bench = await openImportBench();
  const { resources } = bench.server;
  const asked = async (by: string, count: number) => {
    const { api } = await bench.server.as(by);
    const lines = Array.from({ length: count }, (_, i) =>
      JSON.stringify({ externalId: `${by}-${i}`, title: `Of ${by}`, customer: "turn@customer.example" }),
    );
    const { id: fileId } = await bench.send(lines.join("\n"), by);
    const { id } = await api.imports.create.mutate({ fileId, kind: "tickets", format: "jsonl" });
    return () => api.imports.get.query({ importId: id });
  };
  const long = await asked("omar", 1_001);
  const short = await asked("ingrid", 1);
  const stop = keepImporting({ ...resources, turnSeconds: 0 });
  await vi.waitUntil(async () => (await long()).endedAt !== null, { interval: 50 });
  await stop();
  const [whole, quick] = [await long(), await short()];
  expect(whole).toMatchObject({ state: "done", progress: { read: 1_001, made: 1_001 } });
  expect(quick).toMatchObject({ state: "done", progress: { made: 1 } });
  expect(quick.endedAt! < whole.endedAt!).toBe(true);
});
