import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** The operating-system account PostgreSQL runs under. */
export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root; root lends it `postgres`, or `nobody` where there is none. Undefined: run as we are. */
export async function serverAccount(dataDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const account =
    accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  return { uid: Number(account?.[2] ?? 65534), gid: Number(account?.[3] ?? 65534) };
}

/** Whether the account may pass through every folder above `path` (a home of mode 0700 says no). */
export async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const passBit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & passBit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
