import { randomUUIDv7 } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type HelpdeskApi, createHelpdeskClient } from "@helpdesk/client";
import { connect, demoAccounts } from "@helpdesk/db";
import { type ServerProcess, startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";

const TICKETS = 20;
const WRITERS = 8;
/** After a process is ready again: its readers are back by then. */
const BACK_WITHIN_MS = 5_000;
/** Who reads: all of them staff but the last. */
const readers = ["ben", "petra", "omar", "sofia", "nora"];
const entry = new URL("../../server/src/main.ts", import.meta.url);

/** What a stream was told: ids in order. */
interface Listener {
  reader: string;
  of: string;
  ids: string[];
  /** Of a view: each ticket as it was told last, null where it left. */
  rows: Map<string, string | null>;
  stop(): void;
}

/** An entry told: when it arrived, and how long after it was decided. */
interface Arrival {
  atMs: number;
  tookMs: number;
}

/** Two API processes, each restarted once in the middle; every stream is compared with the database in the end. */
export async function realtime(
  databaseUrl: string,
  { streams, events, interruption }: Settings,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const sql = connect({ url: databaseUrl, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const start = (port?: number) =>
    startServer({ entry, env: { DATABASE_URL: databaseUrl }, interruption, ...(port && { port }) });
  const servers: ServerProcess[] = [await start(), await start()];
  stack.defer(async () => void (await Promise.all(servers.map((each) => each[Symbol.asyncDispose]()))));
  const urls = servers.map(({ url }) => url);
  const restarts: { fromMs: number; toMs: number; downMs: number }[] = [];
  const restart = async (i: number) => {
    const fromMs = Date.now();
    await servers[i]![Symbol.asyncDispose]();
    servers[i] = await start(Number(new URL(urls[i]!).port));
    restarts.push({ fromMs, toMs: Date.now() + BACK_WITHIN_MS, downMs: Date.now() - fromMs });
  };

  const apis = await Promise.all(
    urls.map(
      async (url) =>
        new Map(await Promise.all(readers.map(async (name) => [name, await signIn(url, name)] as const))),
    ),
  );
  const nora = apis[0]!.get("nora")!;
  const departmentId = (await nora.departments.list.query()).find(
    ({ name }) => name === "Technical support",
  )!.id;
  const ticketIds: string[] = [];
  for (let n = 0; n < TICKETS; n++)
    ticketIds.push(
      (await nora.tickets.open.mutate({ title: `Live ${n}`, description: "", departmentId })).id,
    );
  const since = new Date().toISOString();

  const arrivals: Arrival[] = [];
  let resets = 0;
  let ready = 0;
  const listeners = Array.from({ length: streams }, (_, i): Listener => {
    const reader = readers[i % readers.length]!;
    const api = apis[i % 2]!.get(reader)!;
    const ids: string[] = [];
    const rows = new Map<string, string | null>();
    let isReady = false;
    const begun = () => {
      if (!isReady) ready++;
      isReady = true;
    };
    const tell = (told: readonly { id: string; at: string }[]) => {
      begun();
      for (const { id, at } of told) {
        ids.push(id);
        arrivals.push({ atMs: Date.now(), tookMs: Date.now() - Date.parse(at) });
      }
    };
    const onError = (error: unknown) => console.error(`A stream ended: ${String(error)}`);
    if (i % 10 === 8) {
      const subscription = api.notifications.onMine.subscribe(undefined, {
        onData: ({ data }) => tell(data.notifications.map(({ id, createdAt: at }) => ({ id, at }))),
        onError,
      });
      return { reader, of: "notifications", ids, rows, stop: () => subscription.unsubscribe() };
    }
    if (i % 10 === 9 && reader !== "nora") {
      const subscription = api.views.onChange.subscribe(
        { viewId: "all_open" },
        {
          onData: ({ data: { changed, left, isReset } }) => {
            begun();
            if (isReset) resets++;
            for (const ticket of changed) rows.set(ticket.id, JSON.stringify(ticket));
            for (const id of left) rows.set(id, null);
          },
          onError,
        },
      );
      return { reader, of: "view", ids, rows, stop: () => subscription.unsubscribe() };
    }
    const ticketId = ticketIds[(i >> 1) % TICKETS]!;
    const subscription = api.tickets.onChange.subscribe(
      { ticketId },
      { onData: ({ data }) => tell(data.entries), onError },
    );
    return { reader, of: ticketId, ids, rows, stop: () => subscription.unsubscribe() };
  });
  stack.defer(() => listeners.forEach(({ stop }) => stop()));
  while (ready < streams) {
    interruption.throwIfAborted();
    await sleep(50);
  }

  const startedAt = performance.now();
  let next = 0;
  let written = 0;
  const restarting: Promise<void>[] = [];
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let i = next++; i < events; i = next++) {
        interruption.throwIfAborted();
        const of = apis[i % 2]!;
        const on = { ticketId: ticketIds[i % TICKETS]!, id: randomUUIDv7(), body: `Event ${i}` };
        if (i % 3 === 0) await of.get("ben")!.tickets.addNote.mutate(on);
        else await of.get(i % 3 === 1 ? "ben" : "nora")!.tickets.reply.mutate(on);
        written++;
        if (written === Math.floor(events / 3)) restarting.push(restart(0));
        if (written === Math.floor((2 * events) / 3)) restarting.push(restart(1));
      }
    }),
  );
  await Promise.all(restarting);
  const seconds = (performance.now() - startedAt) / 1_000;

  const rows = await sql<{ id: string; ticketId: string }[]>`
    select id, ticket_id as "ticketId" from ticket_history
    where ticket_id = any(${ticketIds}::uuid[]) and sequence > 1 order by ticket_id, sequence`;
  const told = await sql<{ id: string; reader: string }[]>`
    select n.id, split_part(u.email, '@', 1) as reader from notifications n join users u on u.id = n.user_id
    where n.created_at >= ${since}`;
  // What its customer may see is what the timeline shows her.
  const hers = new Map<string, string[]>();
  for (const ticketId of ticketIds) {
    const shown: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor } = await nora.tickets.timeline.query({ ticketId, cursor });
      shown.unshift(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    hers.set(ticketId, shown.slice(1));
  }
  const inView = new Map<string, Map<string, string>>();
  for (const reader of readers.filter((name) => name !== "nora"))
    inView.set(reader, await viewOf(apis[0]!.get(reader)!));
  const expected = (reader: string, of: string): string[] => {
    if (of === "notifications") return told.filter((row) => row.reader === reader).map(({ id }) => id);
    if (reader === "nora") return hers.get(of)!;
    return rows.filter(({ ticketId }) => ticketId === of).map(({ id }) => id);
  };
  const isWhole = ({ reader, of, ids, rows: told }: Listener): boolean => {
    if (of === "view") {
      const shown = inView.get(reader)!;
      return (
        ticketIds.every((id) => told.has(id)) &&
        told.entries().every(([id, row]) => row === (shown.get(id) ?? null))
      );
    }
    const wanted = expected(reader, of);
    // Notifications of different tickets have no order but that of their commits.
    const [have, should] = of === "notifications" ? [ids.toSorted(), wanted.toSorted()] : [ids, wanted];
    return have.length === should.length && have.every((id, i) => id === should[i]);
  };
  let wrong = listeners;
  for (let waits = 0; waits < 100; waits++) {
    wrong = listeners.filter((listener) => !isWhole(listener));
    if (wrong.length === 0) break;
    await sleep(200);
  }
  const isIn = ({ atMs, tookMs }: Arrival) =>
    restarts.some(({ fromMs, toMs }) => atMs >= fromMs && atMs - tookMs <= toMs);
  const memory = await Promise.all(servers.map((each) => each.usage()));
  console.log(
    [
      `realtime: ${streams} streams on two processes, ${written} events in ${seconds.toFixed(1)} s (${(written / seconds).toFixed(0)}/s), each process restarted once`,
      `  streams with every event they may see once and in order, views as their query in the end: ${streams - wrong.length} of ${streams}`,
      `  entries told: ${arrivals.length}; from decision to arrival:`,
      `    outside of the restarts: ${spread(arrivals.filter((each) => !isIn(each)))}`,
      `    from a restart to ${BACK_WITHIN_MS / 1_000} s after it: ${spread(arrivals.filter(isIn))}`,
      `  processes away: ${restarts.map(({ downMs }) => `${(downMs / 1_000).toFixed(1)} s`).join(", ")}; views told to be read again: ${resets}`,
      `  memory of the processes: ${memory.map(({ rssBytes }) => `${Math.round(rssBytes / 1_048_576)} MB`).join(", ")}`,
      ...wrong
        .slice(0, 3)
        .map(
          ({ reader, of, ids }) =>
            `  wrong: ${reader}, ${of}: ${of === "view" ? "other rows" : `${ids.length} of ${expected(reader, of).length}`}`,
        ),
    ].join("\n"),
  );
  if (wrong.length > 0) process.exitCode = 1;
}

function spread(arrivals: readonly Arrival[]): string {
  const sorted = arrivals.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (sorted.length === 0) return "none";
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${sorted.at(-1)} ms, of ${sorted.length}`;
}

/** Each ticket of the view as its query has it. */
async function viewOf(api: HelpdeskApi): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await api.views.tickets.query({ viewId: "all_open", cursor, limit: 100 });
    for (const ticket of page.items) rows.set(ticket.id, JSON.stringify(ticket));
    cursor = page.nextCursor;
  }
  return rows;
}

async function signIn(url: string, name: string): Promise<HelpdeskApi> {
  const { organization, email, password } = demoAccounts.find((each) => each.email.startsWith(`${name}@`))!;
  const client = createHelpdeskClient({ url, retries: 20 });
  await client.signIn({ organization, email, password });
  return client.api;
}
