import { createHelpdeskClient, memoryTokenStore, type HelpdeskClient } from "@helpdesk/client";
import { connect, demoAccounts } from "@helpdesk/db";
import { emails, measuredCalls, type MeasuredCall } from "./calls.ts";
import { connectTo } from "./connections.ts";
import { load, type Load } from "./load.ts";
import { describeLoad } from "./machine.ts";
import { expectSame } from "./same.ts";
import { startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { spreadOf, table, text } from "./spread.ts";

const WARM_UP_SECONDS = 1.5;

interface Round {
  api: Load;
  bare: Load;
  client: Load;
}

/** The API against a bare route with the same statements and body, call by call, as ratios within each round. */
export async function rpc(databaseUrl: string, settings: Settings): Promise<void> {
  const { concurrency, interruption, profileDir } = settings;
  await using stack = new AsyncDisposableStack();
  const sql = connect({ url: databaseUrl, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const env = { DATABASE_URL: databaseUrl, ACCESS_TOKEN_SECONDS: "3600" };
  const nodeFlags = profileDir === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileDir}`];
  const apiEntry = new URL("main.ts", import.meta.resolve("@helpdesk/server"));
  const bareEntry = new URL("bare/server.ts", import.meta.url);
  const api = stack.use(await startServer({ entry: apiEntry, env, nodeFlags, interruption }));
  const bare = stack.use(await startServer({ entry: bareEntry, env, interruption }));

  const results: { name: string; rounds: Round[] }[] = [];
  for (const call of await measuredCalls(sql)) {
    if (!settings.calls.includes(call.name)) continue;
    const { accessToken, clients } = await signIn(api.url, call.by, concurrency);
    await using apiConnections = connectTo(api.url, concurrency, accessToken);
    await using bareConnections = connectTo(bare.url, concurrency, accessToken);
    await expectSame(call, apiConnections, bareConnections, sql);
    const callers = (count: number, one: () => Promise<unknown>) => Array.from({ length: count }, () => one);
    const targets = {
      api: (seconds: number) =>
        load(
          api,
          callers(concurrency, () => apiConnections.sendAndDrop(call.request())),
          { seconds, interruption },
        ),
      bare: (seconds: number) =>
        load(
          bare,
          callers(concurrency, () => bareConnections.sendAndDrop(call.request())),
          { seconds, interruption },
        ),
      client: (seconds: number) =>
        load(
          api,
          clients.map((client) => () => call.through(client.api)),
          { seconds, interruption },
        ),
    };
    for (const target of Object.values(targets)) await target(WARM_UP_SECONDS);
    const rounds: Round[] = [];
    for (let i = 0; i < settings.rounds; i++)
      rounds.push(await playRound(targets, settings.seconds, i % 2 === 1));
    results.push({ name: call.name, rounds });
    console.log(`${call.name}: ${settings.rounds} rounds, ${describeLoad()}`);
  }
  print(results);
}

type Targets = Record<keyof Round, (seconds: number) => Promise<Load>>;

/** All targets once; every other round in the opposite order, so that a machine that slows down favours nobody. */
async function playRound(targets: Targets, seconds: number, reversed: boolean): Promise<Round> {
  const order: (keyof Round)[] = reversed ? ["client", "bare", "api"] : ["api", "bare", "client"];
  const round: Partial<Round> = {};
  for (const name of order) round[name] = await targets[name](seconds);
  return round as Round;
}

/** As many typed clients as callers, all with one sign-in, so that none batches its calls with another's. */
async function signIn(
  url: string,
  by: MeasuredCall["by"],
  count: number,
): Promise<{ accessToken: string; clients: HelpdeskClient[] }> {
  const account = demoAccounts.find(({ email }) => email === emails[by])!;
  const tokens = memoryTokenStore();
  const clients = Array.from({ length: count }, () => createHelpdeskClient({ url, tokens }));
  const { organization, email, password } = account;
  await clients[0]!.signIn({ organization, email, password });
  return { accessToken: (await tokens.get())!.accessToken, clients };
}

function print(results: { name: string; rounds: Round[] }[]): void {
  const ratio = (rounds: Round[], of: keyof Round, figure: keyof Load) =>
    text(spreadOf(rounds.map((round) => round[of][figure] / round.bare[figure])));
  const median = (rounds: Round[], of: keyof Round, figure: keyof Load, digits = 0) =>
    spreadOf(rounds.map((round) => round[of][figure])).median.toFixed(digits);
  console.log(`\nRatios to the bare route in the same round: median (minimum–maximum).\n`);
  console.log(
    table(
      [
        "call",
        "throughput",
        "server CPU",
        "p50 ms, API / bare",
        "p99 ms, API / bare",
        "calls a second",
        "CPU µs a call",
      ],
      results.map(({ name, rounds }) => [
        name,
        ratio(rounds, "api", "perSecond"),
        ratio(rounds, "api", "serverCpuMicros"),
        ...(["p50Ms", "p99Ms"] as const).map(
          (p) => `${median(rounds, "api", p, 1)} / ${median(rounds, "bare", p, 1)}`,
        ),
        `${median(rounds, "api", "perSecond")} / ${median(rounds, "bare", "perSecond")}`,
        `${median(rounds, "api", "serverCpuMicros")} / ${median(rounds, "bare", "serverCpuMicros")}`,
      ]),
    ),
  );
  console.log(`\nThrough the typed client, against the same bare route behind the lean caller.\n`);
  console.log(
    table(
      ["call", "throughput", "server CPU", "p50 ms", "p99 ms", "caller's CPU µs, client / lean caller"],
      results.map(({ name, rounds }) => [
        name,
        ratio(rounds, "client", "perSecond"),
        ratio(rounds, "client", "serverCpuMicros"),
        median(rounds, "client", "p50Ms", 1),
        median(rounds, "client", "p99Ms", 1),
        `${median(rounds, "client", "callerCpuMicros")} / ${median(rounds, "bare", "callerCpuMicros")}`,
      ]),
    ),
  );
}
