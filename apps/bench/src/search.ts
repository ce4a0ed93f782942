import { type HelpdeskApi, createHelpdeskClient } from "@helpdesk/client";
import { type Sql, connect, demoAccounts, rebuildKnownWords, rebuildTicketTexts } from "@helpdesk/db";
import { openDatabase } from "./database.ts";
import { describeLoad } from "./machine.ts";
import { startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { quantile, table } from "./spread.ts";
import { addTexts } from "./texts.ts";

const SIZES = [1_000, 10_000, 100_000];
const CALLS = 40;
const WARM_UPS = 3;

type Query = Parameters<HelpdeskApi["search"]["tickets"]["query"]>[0];

interface Asked {
  name: string;
  by: string;
  /** The i-th time. */
  queryOf: (i: number, size: number) => Query;
}

/** A word of one ticket: another one each time. */
const rare = (i: number, size: number): string => `case${1 + ((i * 7_919) % size)}`;

const searches: Asked[] = [
  { name: "a word that one ticket has", by: "sofia", queryOf: (i, size) => ({ query: `${rare(i, size)} ` }) },
  {
    name: "… and one that all texts have",
    by: "sofia",
    queryOf: (i, size) => ({ query: `the ${rare(i, size)} ` }),
  },
  { name: "… by an agent", by: "ben", queryOf: (i, size) => ({ query: `${rare(i, size)} ` }) },
  { name: "… by a customer", by: "nora", queryOf: (i, size) => ({ query: `${rare(i, size)} ` }) },
  {
    name: "a ticket's number",
    by: "sofia",
    queryOf: (i, size) => ({ query: `#${1_000_001 + ((i * 7_919) % size)}` }),
  },
  { name: "a word that a third has, best first", by: "sofia", queryOf: () => ({ query: "printer " }) },
  { name: "… newest first", by: "sofia", queryOf: () => ({ query: "printer ", orderBy: "newest" }) },
  { name: "… best first, by a customer", by: "nora", queryOf: () => ({ query: "printer " }) },
  { name: "a word that all texts have, best first", by: "sofia", queryOf: () => ({ query: "the " }) },
  { name: "… newest first", by: "sofia", queryOf: () => ({ query: "the ", orderBy: "newest" }) },
  { name: "a phrase of two such words", by: "sofia", queryOf: () => ({ query: '"the printer"' }) },
  { name: "a beginning of two letters", by: "sofia", queryOf: () => ({ query: "pr" }) },
  { name: "a mistyped word, corrected", by: "sofia", queryOf: () => ({ query: "pritner " }) },
  { name: "… by an agent", by: "ben", queryOf: () => ({ query: "pritner " }) },
  { name: "… by a customer", by: "nora", queryOf: () => ({ query: "pritner " }) },
];

/** How long a search takes, through the API and its typed client, one at a time, at several numbers of tickets. */
export async function search(_: string, { interruption }: Settings): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await openDatabase(0));
  const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const env = { DATABASE_URL: database.url, ACCESS_TOKEN_SECONDS: "3600" };
  const entry = new URL("main.ts", import.meta.resolve("@helpdesk/server"));
  const api = stack.use(await startServer({ entry, env, interruption }));
  const clients = new Map<string, HelpdeskApi>();
  for (const by of new Set(searches.map((asked) => asked.by))) clients.set(by, await signIn(api.url, by));

  const cells = new Map(searches.map((asked) => [asked, [asked.name]]));
  let from = 1;
  for (const size of SIZES) {
    await grow(sql, from, size);
    from = size + 1;
    for (const asked of searches) {
      interruption.throwIfAborted();
      cells.get(asked)!.push(await measure(clients.get(asked.by)!, asked, size));
    }
  }
  console.log(`\nSearch: p50 / p95 ms of ${CALLS} calls, two comments a ticket, ${describeLoad()}.\n`);
  console.log(table(["", ...SIZES.map((size) => `${size} tickets`)], [...cells.values()]));
}

async function grow(sql: Sql, from: number, to: number): Promise<void> {
  await sql`set statement_timeout = 0`;
  const [organization] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  await addTexts(sql, organization!.id, from, to);
  await sql.unsafe(rebuildTicketTexts.text);
  await sql.unsafe(rebuildKnownWords.text);
  await sql`vacuum analyze`;
}

async function measure(api: HelpdeskApi, { queryOf }: Asked, size: number): Promise<string> {
  const times: number[] = [];
  for (let i = -WARM_UPS; i < CALLS; i++) {
    const startedAt = performance.now();
    await api.search.tickets.query(queryOf(i + WARM_UPS, size));
    if (i >= 0) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  return `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)}`;
}

async function signIn(url: string, name: string): Promise<HelpdeskApi> {
  const client = createHelpdeskClient({ url });
  const { organization, email, password } = demoAccounts.find((account) =>
    account.email.startsWith(`${name}@`),
  )!;
  await client.signIn({ organization, email, password });
  return client.api;
}
