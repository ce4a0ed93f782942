import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const worker = fileURLToPath(new URL("../../../server/src/worker.ts", import.meta.url));

test("a receipt is the one of the audit log and of its address, and a changed one is not", async () => {
  await using server = await startServer();
  const { api } = await server.as("sofia");
  const [person] = await server.resources.sql<[{ id: string; email: string }]>`
    select id, email from users where email like 'nora@%'`;
  const { id, salt } = await api.erasures.request.mutate({ userId: person.id, email: person.email });
  const { STORAGE_DIR } = server.resources.env;
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: server.database.url,
    STORAGE_DIR,
    LOG_LEVEL: "error",
  };
  const working = spawn(process.execPath, [worker], { env: { ...env, WORKER_PORT: "0" }, stdio: "inherit" });
  const isFinished = async () => (await api.erasures.get.query({ erasureId: id })).isFinished;
  try {
    await expect.poll(isFinished, { interval: 200 }).toBe(true);
  } finally {
    working.kill();
    await once(working, "exit");
  }
  const receipt = await api.erasures.receipt.query({ erasureId: id });
  const file = join(tmpdir(), `${server.database.name}.json`);

  /** How the command ends, and what it says. */
  const verify = async (content: object, ...more: string[]) => {
    await writeFile(file, JSON.stringify(content));
    const args = [main, "erasure", "verify", file, ...more];
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
    const output = text(child.stdout);
    const [code] = (await once(child, "close")) as unknown[];
    const said = await output;
    return { code, ...(said === "" ? {} : (JSON.parse(said) as object)) };
  };
  const of = (email: string) => ["--email", email, "--salt", salt];
  expect(await verify(receipt)).toMatchObject({ code: 0, faults: [], isOfAddress: null });
  expect(await verify(receipt, ...of(person.email))).toMatchObject({ code: 0, isOfAddress: true });
  expect(await verify(receipt, ...of("tom@tallpines.example"))).toMatchObject({
    code: 1,
    isOfAddress: false,
  });
  expect(await verify({ ...receipt, counts: {} })).toMatchObject({ code: 1, sequence: null });
  expect(await verify({ not: "a receipt" })).toEqual({ code: 1 });
  await rm(file);
});
