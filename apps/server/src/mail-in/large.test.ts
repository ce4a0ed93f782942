import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "@helpdesk/testing";
import { connect as connectDatabase } from "@helpdesk/db";
import { expect, test } from "vitest";
import { Line } from "./mail-in.fixtures.ts";

const MB = 2 ** 20;
const MAX = 25 * MB;
const HEAD = "From: cora@mail.example\r\nSubject: A large one\r\n\r\n";

/** A mail of just so many bytes, in lines, ending with one. */
function mailOf(bytes: number, mark: string): Buffer {
  const mail = Buffer.alloc(bytes, "x".repeat(74) + "\r\n");
  mail.write(HEAD + mark + "\r\n");
  mail.write("\r\n", bytes - 2);
  return mail;
}

/** The highest memory that a process had, by the kernel; 0 where that does not say. */
const peakBytes = (pid: number): number =>
  process.platform !== "linux"
    ? 0
    : Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) * 1_024;

test("25 MB are taken and one byte more is refused; mails that come at once are never held in memory", async () => {
  await using database = await createTestDatabase({ template: "seeded" });
  const storage = join(tmpdir(), database.name);
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: database.url,
    STORAGE_DIR: storage,
    MAIL_IN_PORT: "0",
    NODE_ENV: "test",
  };
  const entry = fileURLToPath(new URL("../mail-in.ts", import.meta.url));
  const listener = spawn(process.execPath, [entry], { env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(listener, "exit");
  const sql = connectDatabase({ url: database.url, max: 1, applicationName: "test" });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      void gone.then(() => reject(new Error("It ended while starting.")));
      createInterface({ input: listener.stdout }).on("line", (line) => {
        const { port: said } = JSON.parse(line) as { port?: number };
        if (said !== undefined) resolve(said);
      });
    });
    const send = async (mail: Buffer): Promise<string> => {
      await using line = await Line.open(port);
      for (const command of ["EHLO a.example", "MAIL FROM:<a@b.example>"]) await line.say(command);
      await line.say("RCPT TO:<support@demo.helpdesk.localhost>");
      await line.say("DATA");
      return await line.say(Buffer.concat([mail, Buffer.from(".\r\n")]));
    };
    expect(await send(mailOf(MB, "first"))).toMatch(/^250/);
    const before = peakBytes(listener.pid!);

    expect(await send(mailOf(MAX, "just"))).toMatch(/^250/);
    expect(await send(mailOf(MAX + 1, "over"))).toMatch(/^552/);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => send(mailOf(MAX, `at once ${i}`))));
    expect(answers.every((answer) => answer.startsWith("250"))).toBe(true);

    const sizes = await sql<{ bytes: number }[]>`select size_bytes::int as bytes from inbound_mails`;
    expect(sizes.map(({ bytes }) => bytes).sort((a, b) => a - b)).toEqual([MB, ...Array(9).fill(MAX)]);
    // Eight at once are 200 MB.
    expect(peakBytes(listener.pid!) - before).toBeLessThan(100 * MB);
  } finally {
    listener.kill();
    await gone;
    await sql.end();
    await rm(storage, { recursive: true, force: true });
  }
});
