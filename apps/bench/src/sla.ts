import { setTimeout as sleep } from "node:timers/promises";
import { type Sql, connect } from "@helpdesk/db";
import { describeLoad } from "./machine.ts";
import type { Settings } from "./settings.ts";
import { quantile, table } from "./spread.ts";
import { startWorker, stopWorker } from "./worker-process.ts";

const TICKETS = 5_000;
const WITHIN_SECONDS = 60;
// Two workers that start at once on a busy machine take their time.
const WARM_UP_SECONDS = 20;
const PATIENCE_MS = 120_000;

const runs = [
  { name: "one worker", workers: 1, kills: false },
  { name: "two workers", workers: 2, kills: false },
  { name: "two workers, one killed half way", workers: 2, kills: true },
];

/** How late breaches are told where thousands of clocks fall due within a minute, and whether each is told once. */
export async function sla(databaseUrl: string, { interruption }: Settings): Promise<void> {
  const sql = connect({ url: databaseUrl, max: 1, applicationName: "helpdesk-bench" });
  const rows: string[][] = [];
  try {
    await sql`set statement_timeout = 0`;
    for (const run of runs) rows.push(await measure(sql, databaseUrl, run, interruption));
  } finally {
    await sql.end({ timeout: 5 });
  }
  console.log(
    `\nBreaches: clocks due within ${WITHIN_SECONDS} s, told by real workers, ${describeLoad()}.\n`,
  );
  console.log(
    table(
      [
        "",
        "clocks",
        "breaches, history, events, tickets notified of",
        "anything twice",
        "late p50, ms",
        "p99, ms (≤ 1000)",
        "max, ms",
      ],
      rows,
    ),
  );
}

async function measure(
  sql: Sql,
  databaseUrl: string,
  { name, workers, kills }: (typeof runs)[number],
  interruption: AbortSignal,
): Promise<string[]> {
  const startedAt = new Date();
  const ids = await fallDue(sql, startedAt);
  const told = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*) as n from ticket_history
      where kind = 'sla_breached' and (changes -> 'due' -> 'to' ->> 'id')::timestamptz >= ${startedAt.toISOString()}`;
    return row!.n;
  };
  const pool = Array.from({ length: workers }, () => startWorker(databaseUrl));
  try {
    const deadline = performance.now() + PATIENCE_MS;
    let killed = !kills;
    while (performance.now() < deadline) {
      await sleep(250, undefined, { signal: interruption });
      const count = await told();
      if (!killed && count > ids / 2) {
        if (count >= ids) throw new Error("Nothing was left to tell when the worker was to be killed.");
        pool[0]!.kill("SIGKILL");
        killed = true;
      }
      if (count >= ids) break;
    }
    await sleep(2_000, undefined, { signal: interruption });
  } finally {
    await Promise.all(pool.map(stopWorker));
  }
  const { written, twice } = await count(sql, startedAt);
  const late = await sql<{ ms: number }[]>`
    select (extract(epoch from min(h.at) - (h.changes -> 'due' -> 'to' ->> 'id')::timestamptz) * 1000)::int as ms
    from ticket_history h
    where h.kind = 'sla_breached' and (h.changes -> 'due' -> 'to' ->> 'id')::timestamptz >= ${startedAt.toISOString()}
    group by h.ticket_id, h.changes order by 1`;
  const sorted = late.map(({ ms }) => ms);
  const at = (share: number) => String(quantile(sorted, share));
  return [name, String(ids), written.join(", "), String(twice), at(0.5), at(0.99), String(sorted.at(-1))];
}

/** What the run has left of each breach: exactly one of each is right. */
async function count(sql: Sql, startedAt: Date): Promise<{ written: number[]; twice: number }> {
  const since = startedAt.toISOString();
  const [row] = await sql<Record<"breaches" | "history" | "events" | "notified" | "twice", number>[]>`
    with told as (
      select h.organization_id, h.ticket_id, h.sequence from ticket_history h
      where h.kind = 'sla_breached' and (h.changes -> 'due' -> 'to' ->> 'id')::timestamptz >= ${since}),
    sent as (
      select e.ticket_id from events e join told using (organization_id, ticket_id, sequence) where e.kind = 'sla_breached'),
    notified as (
      select n.ticket_id, count(*) as n from notifications n
      where n.kind = 'sla_breached' and n.created_at >= ${since} and n.ticket_id in (select ticket_id from told)
      group by n.ticket_id, n.user_id)
    select
      (select count(*) from sla_cycles c where c.breached_at = c.due_at and c.due_at >= ${since}
        and c.ticket_id in (select ticket_id from told)) as breaches,
      (select count(distinct ticket_id) from told) as history,
      (select count(distinct ticket_id) from sent) as events,
      (select count(distinct ticket_id) from notified) as notified,
      (select count(*) - count(distinct ticket_id) from told) + (select count(*) - count(distinct ticket_id) from sent)
        + (select count(*) from notified where n > 1) as twice`;
  const { breaches, history, events, notified, twice } = row!;
  return { written: [breaches, history, events, notified], twice: Number(twice) };
}

/** Has resolution clocks of many tickets fall due evenly within a minute, by terms that hold. Returns how many. */
async function fallDue(sql: Sql, now: Date): Promise<number> {
  const rows = await sql`
    with chosen as (
      select c.organization_id, c.id, row_number() over (order by c.id) as place, p.id as policy_id, p.version,
        coalesce(d.calendar_id, p.calendar_id) as calendar_id, p.resolution_target_seconds as target
      from sla_cycles c
      join tickets t on t.organization_id = c.organization_id and t.id = c.ticket_id and t.resolved_at is null
      join sla_policies p on p.organization_id = t.organization_id and p.id = t.sla_policy_id
      left join departments d on d.organization_id = t.organization_id and d.id = t.department_id
      where c.metric = 'resolution' and c.state = 'running' and t.title like 'Import of order %'
      order by c.id limit ${TICKETS})
    update sla_cycles c set breached_at = null, warning_at = null, policy_id = chosen.policy_id,
      policy_version = chosen.version, calendar_id = chosen.calendar_id, target_seconds = chosen.target,
      due_at = ${now.toISOString()}::timestamptz + ${WARM_UP_SECONDS}::int * interval '1 second'
        + chosen.place * ${WITHIN_SECONDS}::int * interval '1 second' / ${TICKETS}::int
    from chosen where c.organization_id = chosen.organization_id and c.id = chosen.id
    returning c.id`;
  return rows.length;
}
