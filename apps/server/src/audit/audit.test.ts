import { randomUUID } from "node:crypto";
import { type TestServer, accessTokenOf, call, inParallel, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Exchanged, MadeKey } from "../api-keys/view.ts";
import { verifyAudit } from "./verify.ts";
import type { AuditEntry } from "./view.ts";

let server: TestServer;
let sofia: string, nora: string;
let noraId: string;
let key: MadeKey;
let asNora: Exchanged;

interface Made {
  id: string;
  version: number;
}

async function send(
  accessToken: string,
  path: string,
  input: unknown,
  idempotencyKey?: string,
): Promise<{ status: number; data: unknown }> {
  const response = await fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${accessToken}`,
      "content-type": "application/json",
      ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
    },
    body: JSON.stringify(input),
  });
  const { result } = (await response.json()) as { result?: { data: unknown } };
  return { status: response.status, data: result?.data };
}

async function done<T>(accessToken: string, path: string, input: unknown): Promise<T> {
  const { status, data } = await send(accessToken, path, input);
  expect([path, status]).toEqual([path, 200]);
  return data as T;
}

async function page(input?: object): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const answer = await call(server.url, { path: "audit.list", type: "query", input, accessToken: sofia });
  expect(answer.outcome, answer.text).toBe("ok");
  return answer.data as { items: AuditEntry[]; nextCursor: string | null };
}
const latest = async () => (await page()).items[0];

beforeAll(async () => {
  server = await startServer();
  sofia = await accessTokenOf(server.url, "sofia");
  nora = await accessTokenOf(server.url, "nora");
  const me = await call(server.url, { path: "auth.me", type: "query", accessToken: nora });
  noraId = (me.data as Made).id;
  const scopes = ["user.act_for", "ticket.open", "ticket.read_own", "ticket.reply", "ticket.set_priority"];
  key = await done<MadeKey>(sofia, "apiKeys.create", { name: "Portal", scopes });
  asNora = await done<Exchanged>(nora, "auth.exchangeKey", { key: key.key, onBehalfOf: noraId });
});
afterAll(() => server[Symbol.asyncDispose]());

const newTicket = { title: "Broken", description: "It is." };
const open = (accessToken: string) => done<Made>(accessToken, "tickets.open", newTicket);

describe("the audit log", () => {
  test("names, for each change by a key, whose key it is, the key, and whom it acted for", async () => {
    const { id } = await open(asNora.accessToken);
    expect(await latest()).toMatchObject({
      procedure: "tickets.open",
      actor: { id: key.owner.id, name: key.owner.name },
      apiKey: { id: key.id, name: "Portal" },
      onBehalfOf: { id: noraId, name: asNora.user.name },
      data: { id },
    });
    await done(asNora.accessToken, "tickets.reply", { ticketId: id, body: "Still" });
    expect(await latest()).toMatchObject({ procedure: "tickets.reply", data: { ticketId: id } });
    const own = await done<Exchanged>(nora, "auth.exchangeKey", { key: key.key });
    await open(own.accessToken);
    expect(await latest()).toMatchObject({ procedure: "tickets.open", onBehalfOf: null });
  });

  test("has the life of every key, and each change of people and rights by whomever; of their work nothing", async () => {
    const role = await done<Made>(sofia, "roles.create", {
      key: "audited",
      name: "Audited",
      permissions: ["user.read"],
    });
    expect(await latest()).toMatchObject({
      procedure: "roles.create",
      actor: { id: key.owner.id },
      apiKey: null,
      onBehalfOf: null,
      data: { id: role.id, permissions: ["user.read"] },
    });
    const made = await done<MadeKey>(sofia, "apiKeys.create", { name: "Short", scopes: ["user.read"] });
    const rotated = await done<MadeKey>(sofia, "apiKeys.rotate", {
      apiKeyId: made.id,
      version: made.version,
    });
    await done(sofia, "apiKeys.revoke", { apiKeyId: made.id, version: rotated.version });
    const { items } = await page({ limit: 3 });
    expect(items.map(({ procedure }) => procedure)).toEqual([
      "apiKeys.revoke",
      "apiKeys.rotate",
      "apiKeys.create",
    ]);
    expect(items.map(({ data }) => data["apiKeyId"] ?? data["id"])).toEqual([made.id, made.id, made.id]);
    expect(JSON.stringify(items)).not.toContain(rotated.key.slice(-49));
    await open(nora);
    expect(await latest()).toMatchObject({ procedure: "apiKeys.revoke" });
  });

  test("says what a service was made with: its role, its departments and who it is", async () => {
    const made = await done<MadeKey>(sofia, "apiKeys.create", {
      name: "Service",
      scopes: [],
      service: { name: "Nobody's name", roleKey: "admin", departmentIds: [] },
    });
    const { data } = (await latest())!;
    expect(data).toEqual({ id: made.id, ownerId: made.owner.id, scopes: [], service: { roleKey: "admin" } });
  });

  test("has each trade of a key for somebody else, and none for its owner", async () => {
    await done<Exchanged>(nora, "auth.exchangeKey", { key: key.key, onBehalfOf: noraId });
    const traded = (await latest())!;
    expect(traded).toMatchObject({
      procedure: "auth.exchangeKey",
      actor: { id: key.owner.id },
      apiKey: { id: key.id },
      onBehalfOf: { id: noraId },
      data: {},
    });
    await done<Exchanged>(nora, "auth.exchangeKey", { key: key.key });
    expect((await latest())!.sequence).toBe(traded.sequence);
  });

  test("has nothing of what was refused, and one line of what was sent twice with one key", async () => {
    const { sequence } = (await latest())!;
    const refused = await send(asNora.accessToken, "tickets.setPriority", {
      ticketId: randomUUID(),
      version: 1,
      priority: "high",
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect((await latest())!.sequence).toBe(sequence);
    const once = randomUUID();
    const first = await send(asNora.accessToken, "tickets.open", newTicket, once);
    const second = await send(asNora.accessToken, "tickets.open", newTicket, once);
    expect([first.status, second]).toEqual([200, first]);
    expect(await latest()).toMatchObject({ sequence: sequence + 1, data: { id: (first.data as Made).id } });
  });

  test("is read by pages, of everything or of one key", async () => {
    const all: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor } = await page({ limit: 2, ...(cursor ? { cursor } : {}) });
      all.push(...items.map(({ sequence }) => sequence));
      cursor = nextCursor;
    }
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => all.length - i));
    const { items } = await page({ apiKeyId: key.id });
    expect(items.length).toBeGreaterThan(2);
    expect(new Set(items.map(({ apiKey }) => apiKey?.id))).toEqual(new Set([key.id]));
  });

  test("is read of one person, one procedure and one time, alone and together, as a look at every entry says", async () => {
    const petra = await accessTokenOf(server.url, "petra");
    const somebody = { email: "for-the-log@lumen.example", name: "Somebody", roleKey: "customer" };
    await done(petra, "users.invite", somebody);
    const { items: all } = await page({ limit: 100 });
    const [first, last] = [all.at(-1)!, all[0]!];
    const middle = all[Math.floor(all.length / 2)]!;
    const asks: [object, (entry: AuditEntry) => boolean][] = [
      [{ actorId: first.actor.id }, ({ actor }) => actor.id === first.actor.id],
      [{ procedure: "tickets.open" }, ({ procedure }) => procedure === "tickets.open"],
      [{ from: middle.at }, ({ at }) => at >= middle.at],
      [{ until: middle.at }, ({ at }) => at < middle.at],
      [
        { actorId: middle.actor.id, procedure: middle.procedure, from: middle.at, until: last.at },
        ({ actor, procedure, at }) =>
          actor.id === middle.actor.id && procedure === middle.procedure && at >= middle.at && at < last.at,
      ],
    ];
    for (const [input, isAsked] of asks) {
      const found = all.filter(isAsked);
      expect(found, JSON.stringify(input)).not.toEqual([]);
      expect(found, JSON.stringify(input)).not.toEqual(all);
      expect((await page({ ...input, limit: 100 })).items, JSON.stringify(input)).toEqual(found);
    }
    expect((await page({ procedure: "users.nothing" })).items).toEqual([]);
  });

  test("is one chain without gaps, whoever writes at once", async () => {
    await inParallel(8, Array.from({ length: 40 }), () => open(asNora.accessToken));
    const logs = await verifyAudit(server.resources.sql);
    expect(logs.map(({ faults }) => faults)).toEqual(logs.map(() => []));
    const { rows, hash } = logs.find(({ organization }) => organization === "demo")!;
    expect(rows).toBeGreaterThan(45);
    expect(await latest()).toMatchObject({ sequence: rows, hash });
  });
});

describe("what was done to the log behind our back is named, row by row", () => {
  /** The faults that one change makes; it is taken back afterwards. */
  async function faultsAfter(...statements: string[]): Promise<unknown> {
    const { sql } = server.resources;
    await sql`create table kept_log as select * from audit_log`;
    await sql`create table kept_heads as select * from audit_heads`;
    try {
      for (const statement of statements) await sql.unsafe(statement);
      return (await verifyAudit(sql)).find(({ organization }) => organization === "demo")!.faults;
    } finally {
      await sql`delete from audit_log`;
      await sql`insert into audit_log select * from kept_log`;
      await sql`delete from audit_heads`;
      await sql`insert into audit_heads select * from kept_heads`;
      await sql`drop table kept_log, kept_heads`;
    }
  }

  let demo: string, last: number;
  beforeEach(async () => {
    const [row] = await server.resources.sql<{ where: string; last: number }[]>`
      select 'organization_id = ''' || organization_id || '''' as where, sequence as last from audit_heads
      join organizations o on o.id = organization_id and slug = 'demo'`;
    ({ where: demo, last } = row!);
  });

  const rehash = (sequence: number) => `
    update audit_log set hash = encode(sha256((prev_hash || ' ' || sequence || ' made up')::bytea), 'hex')
    where ${demo} and sequence = ${sequence}`;

  test("nothing where nothing was", async () => {
    expect(await faultsAfter()).toEqual([]);
  });

  test.for([
    "actor_id = '0190d1f0-0000-7000-8000-000000000000'",
    "on_behalf_of_id = null",
    "api_key_id = null",
    "procedure = 'tickets.get'",
    `data = '{"id":"another"}'`,
    "at = at - interval '1 millisecond'",
    "id = '0190d1f0-0000-7000-8000-000000000000'",
  ])("an edit: %s", async (change) => {
    const [row] = await server.resources.sql<{ sequence: number }[]>`
      select sequence from audit_log where on_behalf_of_id is not null and procedure = 'tickets.reply'`;
    const { sequence } = row!;
    expect(
      await faultsAfter(`update audit_log set ${change} where ${demo} and sequence = ${sequence}`),
    ).toEqual([{ sequence, fault: "edited" }]);
  });

  test("a row whose hash was made anew, at the end of the chain too", async () => {
    expect(await faultsAfter(rehash(last))).toEqual([{ sequence: last, fault: "edited" }]);
  });

  test("rows that were deleted, from the beginning, between and at the end", async () => {
    const without = (condition: string) =>
      faultsAfter(`delete from audit_log where ${demo} and ${condition}`);
    expect(await without("sequence = 7")).toEqual([{ sequence: 7, fault: "deleted" }]);
    expect(await without("sequence in (1, 2, 3)")).toEqual([{ sequence: 1, through: 3, fault: "deleted" }]);
    expect(await without(`sequence = ${last}`)).toEqual([{ sequence: last, fault: "deleted" }]);
    expect(await without("true")).toEqual([{ sequence: 1, through: last, fault: "deleted" }]);
  });

  test("rows that changed places", async () => {
    const move = (from: number, to: number) =>
      `update audit_log set sequence = ${to} where ${demo} and sequence = ${from}`;
    expect(await faultsAfter(move(5, 1_000), move(6, 5), move(1_000, 6))).toEqual([
      { sequence: 5, fault: "reordered", writtenAs: 6 },
      { sequence: 6, fault: "reordered", writtenAs: 5 },
    ]);
  });
});
