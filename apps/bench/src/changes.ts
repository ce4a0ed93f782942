import { setTimeout as sleep } from "node:timers/promises";
import { type HelpdeskApi, createHelpdeskClient } from "@helpdesk/client";
import { type Sql, demoAccounts, findCellDrift, read } from "@helpdesk/db";
import { startWorker, stopWorker } from "./worker-process.ts";

const CALLERS = 16;
const LOOK_EVERY_MS = 250;

export interface Attempted {
  changed: number;
  refused: number;
  seconds: number;
  /** How often the counts were compared meanwhile, and what was found. */
  looks: number;
  drifts: number;
  /** Differences at the end. */
  left: number;
}

/** A generator of numbers below `n`, the same ones each time. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
}

/** Changes tickets of the demo organization over HTTP while two workers fold, and compares the counts with a recount all the time. */
export async function changeAtRandom(
  sql: Sql,
  { databaseUrl, apiUrl, organizationId }: { databaseUrl: string; apiUrl: string; organizationId: string },
  count: number,
  interruption: AbortSignal,
): Promise<Attempted> {
  const change = await changerOf(sql, apiUrl, organizationId);
  const drift = async () => (await findCellDrift(read(sql, organizationId))).length;
  const workers = [startWorker(databaseUrl), startWorker(databaseUrl)];
  const found = { changed: 0, refused: 0, looks: 0, drifts: 0 };
  const startedAt = performance.now();
  let running = true;
  const look = async () => {
    while (running) {
      found.drifts += await drift();
      found.looks++;
      await sleep(LOOK_EVERY_MS);
    }
  };
  const keepChanging = async () => {
    while (found.changed < count) {
      interruption.throwIfAborted();
      await change().then(
        () => found.changed++,
        () => found.refused++,
      );
    }
  };
  try {
    const looking = look();
    await Promise.all(Array.from({ length: CALLERS }, keepChanging)).finally(() => (running = false));
    await looking;
  } finally {
    await Promise.all(workers.map(stopWorker));
  }
  return { ...found, seconds: (performance.now() - startedAt) / 1000, left: await drift() };
}

/** One change, drawn at random; many are refused, of a stale version or a way that is not there. */
async function changerOf(sql: Sql, apiUrl: string, organizationId: string): Promise<() => Promise<unknown>> {
  const people: HelpdeskApi[] = [];
  for (const { organization, email, password, role } of demoAccounts) {
    if (organization !== "demo" || role === "customer") continue;
    const client = createHelpdeskClient({ url: apiUrl });
    await client.signIn({ organization, email, password });
    people.push(client.api);
  }
  const departments = (await people[0]!.departments.list.query()).map(({ id }) => id);
  const rows = await sql<{ id: string }[]>`
    select id from tickets where organization_id = ${organizationId} order by id limit 500`;
  const ids = rows.map(({ id }) => id);
  const below = numbers(7);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

  return async () => {
    const { tickets } = pick(people);
    const ticketId = pick(ids);
    const priority = pick(["low", "medium", "high", "urgent"] as const);
    const departmentId = pick([null, ...departments]);
    const status = pick(["open", "in_progress", "waiting", "resolved", "closed"]);
    const tags = ["api", "bug", "import", "refund"].filter(() => below(2) === 0);
    const ticketIds = [ticketId, pick(ids), pick(ids)];
    const kind = below(8);
    if (kind === 0) {
      const opening = { title: "One more", description: "", priority, departmentId };
      return ids.push((await tickets.open.mutate(opening)).id);
    }
    if (kind === 1) return tickets.take.mutate({ ticketId });
    if (kind === 2) return tickets.bulk.mutate({ ticketIds, change: { priority, addTags: tags } });
    const { version } = await tickets.get.query({ ticketId });
    const on = { ticketId, version };
    if (kind === 3) return tickets.setPriority.mutate({ ...on, priority });
    if (kind === 4) return tickets.setDepartment.mutate({ ...on, departmentId });
    if (kind === 5) return tickets.setTags.mutate({ ...on, tags });
    if (kind === 6) return tickets.reopen.mutate({ ...on, reason: "Again" });
    return tickets.setStatus.mutate({ ...on, status });
  };
}
