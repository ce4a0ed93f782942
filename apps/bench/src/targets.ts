import type { Wire } from "./calls.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { prepareTwins, twins } from "./twins.ts";

type ServerName = "bare" | "api" | "official" | "prisma" | "drizzle";

interface Target {
  /** As the report calls it. */
  title: string;
  server: ServerName;
  /** How the lean caller speaks to it; the typed client speaks for itself. */
  wire: Wire | "client";
  isTwin: boolean;
}

/** Who is measured, in the order of a round. */
export const targets = {
  bare: { title: "bare route, same SQL", server: "bare", wire: "trpc", isTwin: false },
  bareClient: { title: "bare route, typed client", server: "bare", wire: "client", isTwin: false },
  lean: { title: "API, lean caller", server: "api", wire: "trpc", isTwin: false },
  client: { title: "API, typed client", server: "api", wire: "client", isTwin: false },
  rest: { title: "API, REST", server: "api", wire: "rest", isTwin: false },
  official: { title: "API, tRPC's own adapter", server: "official", wire: "trpc", isTwin: false },
  prisma: { title: "twin: Express + Prisma", server: "prisma", wire: "express", isTwin: true },
  drizzle: { title: "twin: tRPC + Drizzle", server: "drizzle", wire: "trpc", isTwin: true },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

export const targetNames = Object.keys(targets) as TargetName[];

const entries: Record<ServerName, URL> = {
  bare: new URL("bare/server.ts", import.meta.url),
  api: new URL("main.ts", import.meta.resolve("@helpdesk/server")),
  official: new URL("official/server.ts", import.meta.url),
  prisma: twins.prisma,
  drizzle: twins.drizzle,
};

/** Starts the servers of the targets, each a process of its own, on one database. They stop with `stack`. */
export async function startServers(
  names: readonly TargetName[],
  databaseUrl: string,
  { profileDir, interruption }: Settings,
  stack: AsyncDisposableStack,
): Promise<Map<ServerName, ServerProcess>> {
  const servers = new Map<ServerName, ServerProcess>();
  if (names.some((name) => targets[name].isTwin)) await prepareTwins();
  for (const { server, isTwin } of names.map((name) => targets[name])) {
    if (servers.has(server)) continue;
    const env = { DATABASE_URL: databaseUrl, ACCESS_TOKEN_SECONDS: "3600", ...(isTwin && twins.env) };
    const nodeFlags =
      profileDir === undefined
        ? []
        : ["--cpu-prof", `--cpu-prof-dir=${profileDir}`, `--cpu-prof-name=${server}.cpuprofile`];
    const order = { entry: entries[server], env, nodeFlags, interruption };
    servers.set(server, stack.use(await startServer(order)));
  }
  return servers;
}
