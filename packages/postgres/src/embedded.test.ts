import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, findRunning, startDisposable, startEmbedded } from "./embedded.ts";
import { PostgresUnavailable } from "./unavailable.ts";

let parent: string;
let dataDir: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "helpdesk-embedded-test-"));
  // The account root lends PostgreSQL must be able to pass through.
  await chmod(parent, 0o755);
  dataDir = join(parent, "data");
});

afterEach(() => rm(parent, { recursive: true, force: true }));

async function run<T>(server: EmbeddedPostgres, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(server.url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

const serverPid = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const refusalOf = async (start: Promise<EmbeddedPostgres>): Promise<string> => {
  const error = await start.then(
    (server) => server.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PostgresUnavailable);
  return (error as Error).message;
};

test("a second start keeps data, port and password", async () => {
  const first = await startEmbedded({ dataDir });
  await run(first, (sql) => sql`create table kept as select 42 as answer`);
  await first.stop();
  const second = await startEmbedded({ dataDir });
  try {
    expect(second.url).toBe(first.url);
    expect(await run(second, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
  } finally {
    await second.stop();
  }
});

test("stop leaves no process, no pid file and a closed port", async () => {
  const server = await startEmbedded({ dataDir });
  const pid = await serverPid(dataDir);
  expect(isAlive(pid)).toBe(true);
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  expect(await readdir(dataDir)).not.toContain("postmaster.pid");
  await expect(run(server, (sql) => sql`select 1`)).rejects.toThrow("ECONNREFUSED");
});

test("the server ends when its starter is killed without a chance to clean up", async () => {
  const script = `import { startEmbedded } from ${JSON.stringify(new URL("embedded.ts", import.meta.url).href)};
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} }); console.log("ready"); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((done) => starter.stdout.once("data", done));
  const pid = await serverPid(dataDir);
  starter.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  const again = await startEmbedded({ dataDir });
  await again.stop();
});

test("a running server is found with its URL, and a second start on its folder is refused by name", async () => {
  const server = await startEmbedded({ dataDir });
  try {
    expect(await findRunning(dataDir)).toBe(server.url);
    const message = await refusalOf(startEmbedded({ dataDir }));
    expect(message).toContain(`in use by the PostgreSQL of process ${await serverPid(dataDir)}`);
  } finally {
    await server.stop();
  }
  expect(await findRunning(dataDir)).toBeUndefined();
});

test("a half-initialised data folder is named, not repaired by guesswork and not deleted", async () => {
  await mkdir(dataDir);
  await writeFile(join(dataDir, "PG_VERSION"), "18\n");
  expect(await refusalOf(startEmbedded({ dataDir }))).toBe(
    `The data folder ${dataDir} is only half initialised: delete it (rm -rf '${dataDir}') and start again.`,
  );
  expect(await readdir(dataDir)).toEqual(["PG_VERSION"]);
});

test("what an interrupted initialisation left is cleared by the next start", async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => dead.once("exit", done));
  await mkdir(`${dataDir}.new-${dead.pid}`);
  await writeFile(join(`${dataDir}.new-${dead.pid}`, "PG_VERSION"), "18\n");
  const server = await startEmbedded({ dataDir });
  await server.stop();
  expect(await readdir(parent)).toEqual(["data"]);
});

test("data of another major version is refused with both versions", async () => {
  await (await startEmbedded({ dataDir })).stop();
  await writeFile(join(dataDir, "PG_VERSION"), "16\n");
  expect(await refusalOf(startEmbedded({ dataDir }))).toContain("was made by PostgreSQL 16, but this is 18");
});

test("a pid file left by a dead server, its pid since given to another program, does not stop a start", async () => {
  await (await startEmbedded({ dataDir })).stop();
  const stranger = spawn("sleep", ["60"]);
  await writeFile(join(dataDir, "postmaster.pid"), `${stranger.pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n`);
  try {
    const server = await startEmbedded({ dataDir });
    expect(await serverPid(dataDir)).not.toBe(stranger.pid);
    await server.stop();
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  } finally {
    stranger.kill();
  }
});

test("a given port that is taken is refused, and the port of last time is replaced when taken", async () => {
  const first = await startEmbedded({ dataDir });
  await first.stop();
  const port = Number(new URL(first.url).port);
  const occupant = createServer();
  await new Promise<void>((done) => occupant.listen(port, "127.0.0.1", done));
  try {
    expect(await refusalOf(startEmbedded({ dataDir, port }))).toContain(
      `Port ${port} for PostgreSQL is taken`,
    );
    const moved = await startEmbedded({ dataDir });
    expect(new URL(moved.url).port).not.toBe(String(port));
    await moved.stop();
  } finally {
    occupant.close();
  }
});

test("it listens on loopback only", async () => {
  const server = await startEmbedded({ dataDir });
  try {
    const [row] = await run(server, (sql) => sql`show listen_addresses`);
    expect(row).toEqual({ listen_addresses: "127.0.0.1" });
  } finally {
    await server.stop();
  }
});

test("a disposable server takes its data with it", async () => {
  const server = await startDisposable();
  expect((await stat(server.dataDir)).isDirectory()).toBe(true);
  await server.stop();
  await expect(stat(server.dataDir)).rejects.toThrow("ENOENT");
});

test.runIf(process.getuid?.() === 0)(
  "root's closed home does not stop it: the data moves under /var/lib",
  async () => {
    await chmod(parent, 0o700);
    const said: string[] = [];
    const server = await startEmbedded({ dataDir, onProgress: (sentence) => said.push(sentence) });
    try {
      expect(server.dataDir).toMatch(/^\/var\/lib\/helpdesk-pro\/data-[0-9a-f]{12}$/);
      expect(said.join("\n")).toContain(server.dataDir);
    } finally {
      await server.stop();
      await rm(server.dataDir, { recursive: true });
    }
  },
);
