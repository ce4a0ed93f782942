import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Account, canReach } from "./account.ts";
import { type Binaries, SHARED_FOLDER } from "./binaries.ts";
import { PostgresUnavailable } from "./unavailable.ts";

/** What this project remembers inside a data folder. Its presence says that initialising was completed. */
export type Marker = { port: number; password: string };

export const ADMIN = "helpdesk";
const MARKER = "helpdesk.json";

/** The folder itself, or one under /var/lib when root lends PostgreSQL an account that cannot reach it. */
export async function placeOfData(dataDir: string, account: Account | undefined): Promise<string> {
  const wanted = resolve(dataDir);
  if (!account || (await canReach(wanted, account))) return wanted;
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return join(SHARED_FOLDER, `data-${hash}`);
}

/** Undefined when the folder is absent or empty; throws PostgresUnavailable when it is only half made or foreign. */
export async function readMarker(dataDir: string, majorVersion: string): Promise<Marker | undefined> {
  const names = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new PostgresUnavailable(`The data folder ${dataDir} cannot be read (${error.code}).`);
  });
  if (names.length === 0) return undefined;
  const marker = await readFile(join(dataDir, MARKER), "utf8").catch(() => undefined);
  const version = await readFile(join(dataDir, "PG_VERSION"), "utf8").catch(() => undefined);
  const control = await lstat(join(dataDir, "global/pg_control")).catch(() => undefined);
  const parsed = marker && parseMarker(marker);
  if (!parsed || version === undefined || !control) {
    throw new PostgresUnavailable(
      `The data folder ${dataDir} is only half initialised: delete it (rm -rf '${dataDir}') and start again.`,
    );
  }
  if (version.trim() !== majorVersion) {
    throw new PostgresUnavailable(
      `The data folder ${dataDir} was made by PostgreSQL ${version.trim()}, but this is ${majorVersion}: delete it, or keep using the old version.`,
    );
  }
  return parsed;
}

export const writeMarker = (dataDir: string, marker: Marker): Promise<void> =>
  writeFile(join(dataDir, MARKER), `${JSON.stringify(marker)}\n`, { mode: 0o600 });

/** Makes a new data folder beside its final place and moves it there in one step, so that an interrupted one never looks whole. */
export async function initialise(
  dataDir: string,
  port: number,
  binaries: Binaries,
  account: Account | undefined,
): Promise<Marker> {
  const marker = { port, password: randomBytes(18).toString("base64url") };
  const staging = `${dataDir}.new-${process.pid}`;
  // Under a strict umask a folder made here would be closed to the account.
  if (await mkdir(dirname(dataDir), { recursive: true })) await chmod(dirname(dataDir), 0o755);
  await removeInterrupted(dataDir);
  await mkdir(staging, { mode: 0o700 });
  const passwordFile = `${staging}.password`;
  try {
    await writeFile(passwordFile, marker.password, { mode: 0o600 });
    if (account) {
      await chown(staging, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${staging}`,
        `--username=${ADMIN}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
      ],
      { ...account, env: { PATH: process.env["PATH"], LC_ALL: "C" } },
    );
    await writeMarker(staging, marker);
    await rename(staging, dataDir);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    const said = String((error as { stderr?: string }).stderr ?? (error as Error).message).trim();
    throw new PostgresUnavailable(
      `The data folder ${dataDir} could not be initialised: ${said.split("\n").at(-1)}`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  return marker;
}

/** Takes away what starts that died while initialising left beside the folder. */
async function removeInterrupted(dataDir: string): Promise<void> {
  const prefix = `${basename(dataDir)}.new-`;
  for (const name of await readdir(dirname(dataDir))) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid === process.pid || !isAlive(pid)) {
      await rm(join(dirname(dataDir), name), { recursive: true, force: true });
    }
  }
}

/** The server that owns the folder now; a pid file left by a dead one, or whose pid another program has since got, is removed. */
export async function runningServer(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const file = join(dataDir, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!(pid > 0)) return undefined;
  if (isAlive(pid) && (await commandOf(pid)).includes("postgres")) return { pid, port: Number(lines[3]) };
  await rm(file, { force: true });
  return undefined;
}

async function commandOf(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    const listed = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).catch(
      () => undefined,
    );
    // Where nobody can say what runs under this pid, leave the file to PostgreSQL's own check.
    return listed?.stdout ?? "postgres";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function parseMarker(text: string): Marker | undefined {
  try {
    const { port, password } = JSON.parse(text) as Partial<Marker>;
    return typeof port === "number" && typeof password === "string" ? { port, password } : undefined;
  } catch {
    return undefined;
  }
}
