import { createHelpdeskClient } from "@helpdesk/client";
import { type Counted, type Sql, connect, countTickets, demoAccounts, read } from "@helpdesk/db";
import { type Attempted, changeAtRandom } from "./changes.ts";
import { addCrowd, addTeam } from "./crowd.ts";
import { openDatabase } from "./database.ts";
import { describeLoad } from "./machine.ts";
import { startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { quantile, table } from "./spread.ts";
import { writeCosts } from "./write-costs.ts";

const SIZES = [1_000, 10_000, 100_000];
const CALLS = 100;
const CHANGES = 10_000;

/** What counts cost to read and to keep, and whether they are right after many changes at once. */
export async function views(_: string, { interruption }: Settings): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await openDatabase(1_000));
  const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const env = { DATABASE_URL: database.url, ACCESS_TOKEN_SECONDS: "3600" };
  const entry = new URL("main.ts", import.meta.resolve("@helpdesk/server"));
  const api = stack.use(await startServer({ entry, env, interruption }));
  const [organization] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  const organizationId = organization!.id;

  console.log(await writeCosts(sql));
  // Half of what was just opened is not counted yet.
  await addCrowd(sql, organizationId, 1, 0);
  const attempted = await changeAtRandom(
    sql,
    { databaseUrl: database.url, apiUrl: api.url, organizationId },
    CHANGES,
    interruption,
  );
  describe(attempted);

  await addTeam(sql);
  const people = { "who sees all": "sofia", "an agent": "crowd7" };
  const rows: string[][] = [];
  let from = 1;
  for (const size of SIZES) {
    const recountMs = await addCrowd(sql, organizationId, from, size);
    from = size + 1;
    const asked = await askedOf(sql, organizationId);
    for (const [who, name] of Object.entries(people)) {
      interruption.throwIfAborted();
      rows.push([
        `${size}`,
        who,
        ...(await measure(sql, organizationId, name, asked)),
        `${recountMs.toFixed(0)}`,
      ]);
    }
  }
  console.log(
    `\nCounts of ten views, the same by ten plain counts, p50 / p95 ms of ${CALLS}, ${describeLoad()}.\n`,
  );
  console.log(
    table(["tickets", "reader", "cells", "counts", "plain counts", "ratio", "recount of all, ms"], rows),
  );
  console.log(`\nviews.list with ten views through the API: ${await overHttp(api.url)}, ${describeLoad()}.`);
}

function describe({ changed, refused, seconds, looks, drifts, left }: Attempted): void {
  console.log(
    `\n${changed} random changes by 16 callers while two workers fold, ${refused} refused, ${seconds.toFixed(0)} s.
Compared with a recount ${looks} times meanwhile: ${drifts} differences; at the end ${left}.`,
  );
}

interface Asked {
  counted: Counted;
  /** The same, over tickets. */
  where: string;
}

async function askedOf(sql: Sql, organizationId: string): Promise<Asked[]> {
  const ids = await sql<{ name: string; id: string }[]>`
    select key as name, id from ticket_statuses where organization_id = ${organizationId}
    union all select name, id from departments where organization_id = ${organizationId}
    union all select name, id from tags where organization_id = ${organizationId}
    union all select split_part(email, '@', 1), id from users where organization_id = ${organizationId}`;
  const idOf = (name: string) => ids.find((row) => row.name === name)!.id;
  const open = ["open", "in_progress", "waiting"].map(idOf);
  const of = (conditions: Counted["conditions"], where: string, hasDue = false): Asked => ({
    counted: { conditions, hasDue },
    where: hasDue ? `${where} and resolution_due_at is not null` : where,
  });
  const [me, place, tag, other] = ["crowd7", "Crowd 2", "crowd 3", "crowd 4"].map(idOf) as [
    string,
    string,
    string,
    string,
  ];
  const tagged = (id: string) =>
    `exists (select from ticket_tags g where g.organization_id = t.organization_id and g.ticket_id = t.id and g.tag_id = '${id}')`;
  const isOpen = "resolved_at is null";
  return [
    of({ statusIds: open, assigneeIds: [me] }, `${isOpen} and assignee_id = '${me}'`),
    of(
      { statusIds: open, assigneeIds: [null], departmentIds: [place, null] },
      `${isOpen} and assignee_id is null and (department_id = '${place}' or department_id is null)`,
    ),
    of({ statusIds: open }, isOpen),
    of({ statusIds: open }, isOpen, true),
    of({ statusIds: [idOf("resolved")] }, `status_id = '${idOf("resolved")}'`),
    of({ statusIds: [idOf("waiting")] }, `status_id = '${idOf("waiting")}'`),
    of({ statusIds: open, priorities: ["urgent"] }, `${isOpen} and priority = 'urgent'`),
    of({ priorities: ["urgent"], sources: ["phone"] }, `priority = 'urgent' and source = 'phone'`),
    of({ tagIds: [tag] }, tagged(tag)),
    of(
      { statusIds: open, noTagIds: [tag, other] },
      `${isOpen} and not ${tagged(tag)} and not ${tagged(other)}`,
    ),
  ];
}

/** @throws Error where the two do not count alike. */
async function measure(sql: Sql, organizationId: string, name: string, asked: Asked[]): Promise<string[]> {
  const [reader] = await sql<{ id: string; departments: string[] }[]>`
    select id, array(select id::text from departments d where d.organization_id = u.organization_id and d.name = 'Crowd 2') as departments
    from users u where organization_id = ${organizationId} and split_part(email, '@', 1) = ${name}`;
  const scope = name === "sofia" ? ("organization" as const) : ("departments" as const);
  const who = { scope, readerId: reader!.id, departmentIds: reader!.departments };
  const seen =
    scope === "organization"
      ? "true"
      : `(department_id is null or department_id = any('{${who.departmentIds.join()}}') or assignee_id = '${who.readerId}' or customer_id = '${who.readerId}')`;
  const counted = asked.map((each) => each.counted);
  const ours = () => countTickets(read(sql, organizationId), who, counted);
  const plain = async () => {
    const numbers: number[] = [];
    for (const { where } of asked) {
      const [row] = await sql.unsafe(
        `select count(*) as n from tickets t where organization_id = '${organizationId}' and not is_simulated and archived_at is null and ${seen} and ${where}`,
      );
      numbers.push((row as unknown as { n: number }).n);
    }
    return numbers;
  };
  const [one, other] = [await ours(), await plain()];
  if (one.join() !== other.join()) throw new Error(`Counts differ: ${one.join()} and ${other.join()}.`);
  const [oursMs, plainMs] = [await timesOf(ours, CALLS), await timesOf(plain, CALLS / 2)];
  const [cells] = await sql<{ n: number }[]>`select count(*) as n from ticket_cells`;
  const show = (sorted: number[]) =>
    `${quantile(sorted, 0.5).toFixed(1)} / ${quantile(sorted, 0.95).toFixed(1)}`;
  const ratio = quantile(oursMs, 0.5) / quantile(plainMs, 0.5);
  return [String(cells!.n), show(oursMs), show(plainMs), `**${ratio.toFixed(2)}**`];
}

async function timesOf(work: () => Promise<unknown>, times: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let i = 0; i < times + 5; i++) {
    const startedAt = performance.now();
    await work();
    if (i >= 5) tookMs.push(performance.now() - startedAt);
  }
  return tookMs.sort((a, b) => a - b);
}

async function overHttp(url: string): Promise<string> {
  const client = createHelpdeskClient({ url });
  const { organization, email, password } = demoAccounts.find((account) =>
    account.email.startsWith("sofia@"),
  )!;
  await client.signIn({ organization, email, password });
  const { views: through } = client.api;
  const missing = 10 - (await through.list.query()).length;
  for (let i = 0; i < missing; i++)
    await through.create.mutate({ name: `View ${i}`, conditions: { isOpen: true, tags: [`crowd ${i}`] } });
  const sorted = await timesOf(() => through.list.query(), CALLS);
  return `p50 ${quantile(sorted, 0.5).toFixed(1)} ms, p95 ${quantile(sorted, 0.95).toFixed(1)} ms`;
}
