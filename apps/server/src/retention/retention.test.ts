import { existsSync } from "node:fs";
import { join } from "node:path";
import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { listUnknownWords, read } from "@helpdesk/db";
import { type RetentionKind, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Sender } from "../attachments/upload.fixtures.ts";
import { systemRuntime } from "../runtime.ts";
import { keepRetaining, retainSome } from "./retain.ts";

const DAY_SECONDS = 86_400;
const WORD = "quibblemark";

let server: TestServer;
let sofia: HelpdeskApi;
let nora: HelpdeskApi;
let departmentId: string;
let laterMs = 0;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  // The clock goes on by months: nobody is signed out by that.
  const env = { ACCESS_TOKEN_SECONDS: "3600" };
  server = await startServer({ runtime: { ...systemRuntime, now }, env });
  await signIn();
  departmentId = (await sofia.departments.list.query()).find(({ name }) => name === "Technical support")!.id;
});
afterAll(() => server[Symbol.asyncDispose]());

async function signIn(): Promise<void> {
  const as = async (email: string) => {
    const client = server.client();
    await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
    return client.api;
  };
  [sofia, nora] = [await as("sofia@lumen.example"), await as("nora@brightbakery.example")];
}

async function pass(days: number): Promise<void> {
  laterMs += days * DAY_SECONDS * 1_000;
  await signIn();
}

const retain = async () => {
  while ((await retainSome(server.resources)) > 0);
};

async function rule(kind: RetentionKind, keepDays: number | null, exceptTagId: string | null = null) {
  const { version } = (await sofia.retention.list.query()).find((each) => each.kind === kind)!;
  return sofia.retention.set.mutate({ kind, keepDays, exceptTagId, version });
}

interface Made {
  ticketId: string;
  version: number;
  file: string;
}

/** A ticket with words and a file in it. */
async function open(title = "Old"): Promise<Made> {
  const ticket = await nora.tickets.open.mutate({
    title: `${title} ${WORD}`,
    description: WORD,
    departmentId,
  });
  const ticketId = ticket.id;
  const sender = await Sender.named(server, "sofia");
  const id = await sender.id(`${WORD} in a file`, { name: `${WORD}.txt`, ticketId });
  const { version } = await sofia.tickets.reply.mutate({
    ticketId,
    body: `Said ${WORD}`,
    attachmentIds: [id],
  });
  const [row] = await server.resources.sql<
    { key: string }[]
  >`select storage_key as key from attachments where id = ${id}`;
  return { ticketId, version, file: join(server.resources.env.STORAGE_DIR, row!.key) };
}

async function close({ ticketId }: Made): Promise<void> {
  for (const status of ["resolved", "closed"]) {
    const { version } = await sofia.tickets.get.query({ ticketId });
    await sofia.tickets.setStatus.mutate({ ticketId, status, version });
  }
}

const says = async (ticketId: string) => JSON.stringify(await sofia.tickets.get.query({ ticketId }));
/** Runs of one kind that let go of something. */
async function audited(wanted: RetentionKind = "tickets") {
  const rows = await server.resources.sql<{ data: { kind: string; counts: Record<string, number> } }[]>`
    select data from audit_log where procedure = 'retention.run' order by at`;
  return rows.map(({ data }) => data).filter(({ kind }) => kind === wanted);
}

test("of tickets closed long enough ago texts and files go, once; what was closed later, is open or has the tag stays", async () => {
  await rule("tickets", null);
  const tag = await sofia.tags.create.mutate({ name: "legal hold" });
  const [old, held, reopened] = [await open(), await open("Held"), await open("Reopened")];
  await sofia.tickets.setTags.mutate({ ticketId: held.ticketId, tags: [tag.name], version: held.version });
  for (const each of [old, held, reopened]) await close(each);
  await pass(20);
  const recent = await open("Recent");
  await close(recent);
  const open_ = await open("Open");
  const { version } = await sofia.tickets.get.query({ ticketId: reopened.ticketId });
  await sofia.tickets.reopen.mutate({ ticketId: reopened.ticketId, version, reason: "Again" });
  await pass(15);
  const wanted = { kind: "tickets", keepDays: 30, exceptTagId: tag.id } as const;
  const { count } = await sofia.retention.preview.query(wanted);
  expect(await says(old.ticketId), "nothing goes without a rule").toContain(WORD);
  const summary = async () => {
    const { number, status, resolvedAt, closedAt, timeline } = await sofia.tickets.get.query({
      ticketId: old.ticketId,
    });
    return { number, status, resolvedAt, closedAt, kinds: timeline.map(({ kind, at }) => [kind, at]) };
  };
  const before = await summary();
  await rule("tickets", 30, tag.id);
  await retain();
  expect(await says(old.ticketId)).not.toContain(WORD);
  expect(existsSync(old.file)).toBe(false);
  expect(await summary()).toEqual(before);
  for (const each of [held, reopened, recent, open_]) {
    expect(await says(each.ticketId)).toContain(WORD);
    expect(existsSync(each.file)).toBe(true);
  }
  const [run] = await audited();
  expect(run).toMatchObject({ kind: "tickets", keepDays: 30 });
  expect(run!.counts["tickets"]).toBe(count);
  const { lastCounts, ranAt } = (await sofia.retention.list.query()).find(({ kind }) => kind === "tickets")!;
  expect(lastCounts).toEqual(run!.counts);
  expect(ranAt).not.toBeNull();
  const { organization } = await sofia.auth.me.query();
  expect(await listUnknownWords(read(server.resources.sql, organization.id))).toEqual([]);
  await pass(2);
  await retain();
  expect(await audited(), "what is gone is not let go again").toHaveLength(1);
});

test("a merged ticket is kept for as long as the one it goes on in", async () => {
  await rule("tickets", null);
  const [merged, into] = [await open("Merged"), await open("Into")];
  const { version } = await sofia.tickets.get.query({ ticketId: merged.ticketId });
  await sofia.tickets.merge.mutate({ ticketId: merged.ticketId, version, intoTicketId: into.ticketId });
  await pass(40);
  await rule("tickets", 30);
  await retain();
  expect(await says(into.ticketId)).toContain(`Merged ${WORD}`);
  await close(into);
  await pass(31);
  await retain();
  expect(await says(into.ticketId)).not.toContain(WORD);
  expect(await says(merged.ticketId)).not.toContain(WORD);
});

test("a ticket that is reopened or given the tag while a worker waits for it stays", async () => {
  await rule("tickets", null);
  const tag = await sofia.tags.create.mutate({ name: "held late" });
  const [reopened, held, over] = [await open("Reopened"), await open("Held"), await open("Over")];
  const all = [reopened, held, over];
  for (const each of all) await close(each);
  await pass(31);
  await rule("tickets", 30, tag.id);
  const { sql } = server.resources;
  const isWaiting = async () => {
    const rows = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return rows.length > 0;
  };
  let retained = Promise.resolve();
  await sql.begin(async (unit) => {
    const ids = all.map(({ ticketId }) => ticketId);
    await unit`select from tickets where id = any(${ids}) order by id for update`;
    retained = retain();
    await expect.poll(isWaiting, { interval: 10 }).toBe(true);
    await unit`update tickets set closed_at = null, resolved_at = null where id = ${reopened.ticketId}`;
    await unit`
      insert into ticket_tags (organization_id, ticket_id, tag_id)
      select organization_id, id, ${tag.id} from tickets where id = ${held.ticketId}`;
  });
  await retained;
  expect(await says(reopened.ticketId)).toContain(WORD);
  expect(await says(held.ticketId)).toContain(WORD);
  expect(await says(over.ticketId)).not.toContain(WORD);
  await rule("tickets", null);
});

test("files go before texts where their rule is shorter", async () => {
  for (const kind of ["tickets", "files"] as const) await rule(kind, null);
  const old = await open();
  await close(old);
  await pass(10);
  await rule("files", 5);
  await retain();
  expect(existsSync(old.file)).toBe(false);
  expect(await says(old.ticketId)).toContain(`Said ${WORD}`);
});

test("notifications go by their age, and those of after stay", async () => {
  const unread = async () => (await nora.notifications.list.query({})).items.length;
  await pass(1);
  await rule("notifications", null);
  await pass(3);
  const { ticketId } = await open("New");
  await sofia.tickets.reply.mutate({ ticketId, body: "Hello" });
  expect(await unread()).toBeGreaterThan(2);
  await rule("notifications", 2);
  await retain();
  const rows = await server.resources.sql<{ age: number }[]>`
    select extract(epoch from ${server.resources.runtime.now()}::timestamptz - n.created_at)::int as age from notifications n
    join organizations o on o.id = n.organization_id where o.slug = 'demo'`;
  expect(rows.length).toBeGreaterThan(0);
  expect(Math.max(...rows.map(({ age }) => age))).toBeLessThan(2 * DAY_SECONDS);
});

test("a run that is under way when its rule is set anew leaves its line, by the rule that it went by", async () => {
  await rule("notifications", null);
  const rows = 2_500;
  await server.resources.sql`
    insert into notifications (organization_id, id, user_id, kind, created_at)
    select organization_id, gen_random_uuid(), id, 'ticket_created', '2020-01-01' from users, generate_series(1, ${rows}) n
    where email = 'nora@brightbakery.example'`;
  const before = (await audited("notifications")).length;
  await rule("notifications", 500);
  await retainSome(server.resources);
  expect(await audited("notifications")).toHaveLength(before);
  const { lastCounts } = await rule("notifications", null);
  await retain();
  const [run, ...more] = (await audited("notifications")).slice(before);
  expect([run, more]).toEqual([{ kind: "notifications", keepDays: 500, counts: lastCounts }, []]);
  expect(lastCounts["notifications"]).toBeGreaterThan(0);
  expect(lastCounts["notifications"]).toBeLessThan(rows);
  await rule("notifications", 500);
  await retain();
  expect((await audited("notifications")).at(-1)).toMatchObject({
    counts: { notifications: rows - lastCounts["notifications"]! },
  });
});

test("a rule that somebody else has set meanwhile is not overwritten, and wrong ones are refused", async () => {
  const { version } = await rule("mails", 100);
  await rule("mails", 200);
  const code = (call: Promise<unknown>) =>
    call.then(
      () => "ok",
      (error: unknown) => (isRefusal(error) ? error.data.refusal.code : "error"),
    );
  const set = (input: object) =>
    code(sofia.retention.set.mutate({ kind: "mails", keepDays: 1, version, ...input } as never));
  expect(await set({})).toBe("version.conflict");
  const tag = await sofia.tags.create.mutate({ name: "not of mails" });
  for (const wrong of [{ keepDays: 0 }, { keepDays: 36_501 }, { exceptTagId: tag.id }])
    expect(await set({ ...wrong, version: version + 1 })).toBe("input.invalid");
  expect(await set({ version: version + 1, keepDays: 300 })).toBe("ok");
});

test("a tag that keeps tickets cannot be deleted", async () => {
  const tag = await sofia.tags.create.mutate({ name: "keeps" });
  await rule("files", 9_000, tag.id);
  await expect(sofia.tags.delete.mutate({ tagId: tag.id, version: 1 })).rejects.toMatchObject({
    data: { refusal: { code: "tag.in_use", usedBy: ["retention_rule"] } },
  });
  await rule("files", null);
  await sofia.tags.delete.mutate({ tagId: tag.id, version: 1 });
});

test("two workers at once and one that fails in the midst let go of everything once", async () => {
  await rule("tickets", null);
  const all = [];
  for (let i = 0; i < 25; i++) all.push(await open(`Many ${i}`));
  for (const each of all) await close(each);
  await pass(31);
  const { count } = await sofia.retention.preview.query({ kind: "tickets", keepDays: 30 });
  const auditedBefore = (await audited()).length;
  // A store that fails once: its batch is done again.
  let failures = 1;
  const files = Object.create(server.resources.files) as typeof server.resources.files;
  files.remove = async (key: string) => {
    if (failures-- > 0) throw new Error("The store does not answer.");
    return server.resources.files.remove(key);
  };
  await rule("tickets", 30);
  const stops = [1, 2].map(() => keepRetaining({ ...server.resources, files }));
  try {
    for (let look = 0; (await audited()).length === auditedBefore && look < 600; look++) {
      laterMs += 1_000;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
  await signIn();
  const runs = (await audited()).slice(auditedBefore);
  expect(runs.map(({ counts }) => counts["tickets"])).toEqual([count]);
  for (const each of all) {
    expect(await says(each.ticketId)).not.toContain(WORD);
    expect(existsSync(each.file)).toBe(false);
  }
});
