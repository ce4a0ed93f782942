import { createHelpdeskClient, memoryTokenStore, type HelpdeskClient } from "@helpdesk/client";
import { connect, demoAccounts } from "@helpdesk/db";
import { emails, measuredCalls, type MeasuredCall } from "./calls.ts";
import { connectTo } from "./connections.ts";
import { load, type Load } from "./load.ts";
import { describeLoad } from "./machine.ts";
import { type Result, type Round, reportCall, reportGoals } from "./rpc-report.ts";
import { type Answering, expectSame } from "./same.ts";
import type { Settings } from "./settings.ts";
import { type TargetName, startServers, targetNames, targets } from "./targets.ts";
import { twinTokenOf } from "./twins.ts";

const WARM_UP_SECONDS = 1.5;
const WARM_UP_CALLS = 500;
const MAX_WARM_UPS = 6;

/** The API against a bare route with the same statements, its own twins and tRPC's adapter, call by call, as ratios within each round. */
export async function rpc(databaseUrl: string, settings: Settings): Promise<void> {
  const names = targetNames.filter((name) => name === "bare" || settings.targets.includes(name));
  await using stack = new AsyncDisposableStack();
  const sql = connect({ url: databaseUrl, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const servers = await startServers(names, databaseUrl, settings, stack);
  const { concurrency, seconds, interruption } = settings;

  const results: Result[] = [];
  console.log("\nMedian (minimum–maximum) of the rounds; ratios are to the bare route in the same round.");
  for (const call of await measuredCalls(sql)) {
    if (!settings.calls.includes(call.name)) continue;
    await using connections = new AsyncDisposableStack();
    const { accessToken, clientOf } = await signIn(servers.get("api")!.url, call.by);
    const twinToken = await twinTokenOf(sql, emails[call.by]);
    const answering: Answering[] = [];
    const loads = new Map<TargetName, (seconds: number) => Promise<Load>>();
    for (const name of names) {
      const { title, server: serverName, wire, isTwin } = targets[name];
      const server = servers.get(serverName)!;
      const loadBy = (callers: (() => Promise<unknown>)[]) =>
        loads.set(name, (seconds) => load(server, callers, { seconds, interruption }));
      if (wire === "client") {
        const clients = Array.from({ length: concurrency }, () => clientOf(server.url));
        loadBy(
          clients.map(
            ({ api }) =>
              () =>
                call.next().through(api),
          ),
        );
        continue;
      }
      const token = isTwin ? twinToken : accessToken;
      const lean = connections.use(connectTo(server.url, concurrency, token));
      answering.push({ name: title, connections: lean, wire, isTwin });
      loadBy(Array(concurrency).fill(() => lean.sendAndDrop(call.next().request(wire))));
    }
    const [first, ...others] = answering;
    await expectSame(call, [first!, ...others], sql);
    for (const target of loads.values()) await warmUp(target);
    const rounds: Round[] = [];
    for (let i = 0; i < settings.rounds; i++) rounds.push(await playRound(loads, seconds, i % 2 === 1));
    const result = { name: call.name, rounds };
    results.push(result);
    reportCall(result, names);
    console.log(`\n${settings.rounds} rounds of ${seconds} s, ${describeLoad()}`);
  }
  reportGoals(results, names);
}

/** Slow servers are given longer, so that each has compiled its code before it is measured. */
async function warmUp(target: (seconds: number) => Promise<Load>): Promise<void> {
  let calls = 0;
  for (let i = 0; i < MAX_WARM_UPS && calls < WARM_UP_CALLS; i++)
    calls += (await target(WARM_UP_SECONDS)).perSecond * WARM_UP_SECONDS;
}

/** All targets once; every other round in the opposite order, so that a machine that slows down favours nobody. */
async function playRound(
  loads: ReadonlyMap<TargetName, (seconds: number) => Promise<Load>>,
  seconds: number,
  reversed: boolean,
): Promise<Round> {
  const order = [...loads];
  const round: Round = new Map();
  for (const [name, target] of reversed ? order.toReversed() : order) round.set(name, await target(seconds));
  return round;
}

/** Typed clients with one sign-in at the API. Each caller has its own, so that none batches its calls with another's. */
async function signIn(
  url: string,
  by: MeasuredCall["by"],
): Promise<{ accessToken: string; clientOf(url: string): HelpdeskClient }> {
  const { organization, email, password } = demoAccounts.find(({ email }) => email === emails[by])!;
  const tokens = memoryTokenStore();
  const clientOf = (url: string) => createHelpdeskClient({ url, tokens });
  await clientOf(url).signIn({ organization, email, password });
  return { accessToken: (await tokens.get())!.accessToken, clientOf };
}
