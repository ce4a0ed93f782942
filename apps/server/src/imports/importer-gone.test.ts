import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportBench, openImportBench } from "./importing.fixtures.ts";

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

test("an import of people makes nobody once its importer is deactivated, and says why it ended", async () => {
  const { sql } = bench.server.resources;
  const { api } = await bench.server.as("omar");
  const file = (email: string) => `Email,Name,Role\n${email},Some Body,agent\n`;
  const made = () => sql`select email from users where email like 'late.%' order by email`;
  const before = await bench.imported(file("late.1@lumen.example"), { kind: "users", format: "csv" });
  expect(before.state).toBe("done");

  const { id: fileId } = await bench.send(file("late.2@lumen.example"));
  const { id } = await api.imports.create.mutate({ fileId, kind: "users", format: "csv" });
  await sql`update users set deactivated_at = ${"2026-01-01T00:00:00.000Z"} where email = 'omar@lumen.example'`;
  await bench.step();
  const [ended] = await sql`
    select i.state, i.made, p.line, p.reason from imports i left join import_problems p on p.import_id = i.id where i.id = ${id}`;
  expect(ended).toEqual({ state: "failed", made: 0, line: 2, reason: "importer_may_not" });
  expect((await made()).map(({ email }) => email)).toEqual(["late.1@lumen.example"]);
  expect(await bench.step()).toBeNull();
});
