import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { migrate, seed } from "@helpdesk/db";
import { createDatabase, dropDatabase, withDatabase } from "@helpdesk/postgres";
import { prepareJobs } from "@helpdesk/server";
import { openDatabase, reaching } from "../database.ts";
import { freePort } from "../dev/ports.ts";
import { Failure } from "../failure.ts";
import { ROOT } from "../project.ts";

export interface Company extends AsyncDisposable {
  /** Where its API is. */
  url: string;
  /** The port at which it takes mail. */
  mailPort: number;
}

/** The demo company in a database of its own, with API, worker and mail listener as processes, as in production. */
export async function openCompany(smtpUrl: string): Promise<Company> {
  await using parts = new AsyncDisposableStack();
  const server = await openDatabase((sentence) => console.error(sentence));
  parts.defer(() => server.stop());
  const name = `helpdesk_day_${process.pid}`;
  await reaching(server.url, () => createDatabase(server.url, name));
  parts.defer(() => dropDatabase(server.url, name));
  const databaseUrl = withDatabase(server.url, name);
  await migrate(databaseUrl);
  await prepareJobs(databaseUrl);
  await seed(databaseUrl, { now: new Date().toISOString() });

  const storage = await mkdtempDisposable(join(tmpdir(), "helpdesk-day-"));
  parts.use(storage);
  const [port, mailPort] = [await freePort(0), await freePort(0)];
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    DATABASE_URL: databaseUrl,
    STORAGE_DIR: storage.path,
    SMTP_URL: smtpUrl,
    PUBLIC_URL: url,
    PORT: String(port),
    WORKER_PORT: "0",
    MAIL_IN_PORT: String(mailPort),
    // Nobody waits to read it in the product first.
    MAIL_DELAY_SECONDS: "0",
    LOG_LEVEL: "info",
  };
  for (const entry of ["main", "worker", "mail-in"])
    parts.use(await start(join(ROOT, `apps/server/src/${entry}.ts`), settings));
  const kept = parts.move();
  return { url, mailPort, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Starts a process and waits until it says that it is ready. */
async function start(entry: string, settings: Record<string, string>): Promise<AsyncDisposable> {
  const env = { PATH: process.env["PATH"], ...settings };
  const child = spawn(process.execPath, [entry], { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const said: string[] = [];
  const ready = new Promise<boolean>((resolve) => {
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      said.push(line);
      if (/"level":[56]0/.test(line)) console.error(line);
      if (/"msg":"[^"]* ready"/.test(line)) resolve(true);
    });
    lines.once("close", () => resolve(false));
  });
  if (!(await ready)) throw new Failure(`${entry} ended while starting:\n${said.join("\n")}`);
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await gone;
    },
  };
}
