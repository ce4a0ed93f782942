import { parseArgs } from "node:util";
import { loadEnvFile } from "@helpdesk/server";
import { openDatabase } from "./database.ts";
import { describeMachine } from "./machine.ts";
import type { Settings } from "./settings.ts";
import { realtime } from "./realtime.ts";
import { rpc } from "./rpc.ts";
import { search } from "./search.ts";
import { sla } from "./sla.ts";
import { start } from "./start.ts";
import { targetNames } from "./targets.ts";
import { training } from "./training.ts";
import { views } from "./views.ts";

const benches: Record<string, (databaseUrl: string, settings: Settings) => Promise<void>> = {
  start,
  rpc,
  realtime,
  search,
  sla,
  training,
  views,
};

loadEnvFile();

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    tickets: { type: "string", default: "10000" },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "1" },
    streams: { type: "string", default: "500" },
    events: { type: "string", default: "10000" },
    concurrency: { type: "string", default: "16" },
    calls: { type: "string", default: "get,list,open,reply" },
    targets: { type: "string", default: targetNames.join(",") },
    profile: { type: "string" },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.find((name) => !benches[name]);
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}: there are ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interruption.abort(new Error("Interrupted.")));
}

try {
  await using database = await openDatabase(Number(values.tickets));
  console.log(`${describeMachine()}\n${database.description}`);
  for (const name of names) {
    await benches[name]!(database.url, {
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      streams: Number(values.streams),
      events: Number(values.events),
      concurrency: Number(values.concurrency),
      calls: values.calls.split(","),
      targets: values.targets.split(","),
      profileDir: values.profile,
      interruption: interruption.signal,
    });
  }
} catch (error) {
  if (!interruption.signal.aborted) throw error;
  process.exitCode = 130;
}
