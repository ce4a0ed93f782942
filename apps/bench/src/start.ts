import { setTimeout as sleep } from "node:timers/promises";
import { describeLoad } from "./machine.ts";
import { startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { spreadOf, table, text } from "./spread.ts";

const IDLE_MS = 2_000;
const MIB = 1_048_576;

/** How soon the API answers that it is ready on a migrated database, and how much memory it holds when nobody calls. */
export async function start(databaseUrl: string, { rounds, interruption }: Settings): Promise<void> {
  const entry = new URL("main.ts", import.meta.resolve("@helpdesk/server"));
  const order = { entry, env: { DATABASE_URL: databaseUrl }, interruption };
  const readySeconds: number[] = [];
  const idleMib: number[] = [];
  // The first start makes the tables of jobs, once in a database's life.
  await (await startServer(order))[Symbol.asyncDispose]();
  for (let i = 0; i < rounds; i++) {
    await using server = await startServer(order);
    await sleep(IDLE_MS, undefined, { signal: interruption });
    readySeconds.push(server.readyMs / 1000);
    idleMib.push((await server.usage()).rssBytes / MIB);
  }
  console.log(`\nStart: ${rounds} rounds, ${describeLoad()}; median (minimum–maximum).\n`);
  console.log(
    table(
      ["", "measured", "to reach"],
      [
        ["ready after spawn, s", text(spreadOf(readySeconds)), "≤ 0.5"],
        ["memory when idle (RSS), MiB", text(spreadOf(idleMib), 0), "≤ 100"],
      ],
    ),
  );
}
