import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlannedDatabase, nodesOf, organizationId, planOn } from "./plans.fixtures.ts";
import { findKeyPrincipal, findPresentedKey, noteSecretUse } from "./repositories/api-keys.ts";
import { listEvents, outboxBeginning, readOutbox } from "./repositories/events.ts";
import { sweeps } from "./repositories/expired.ts";
import { findAnswer, insertAnswer } from "./repositories/idempotency-keys.ts";
import { findPrincipalsBehind } from "./repositories/principals-behind.ts";
import { takeStreamTicket } from "./repositories/stream-tickets.ts";
import { seededId } from "./seed/ids.ts";
import { userId } from "./seed/people.ts";
import type { Unit } from "./unit.ts";

const ben = userId("demo", "ben@lumen.example");
const hash = "0".repeat(64);
const now = "2026-02-20T00:00:00.000Z";
const LARGE = [
  "auth_sessions",
  "api_keys",
  "api_key_secrets",
  "events",
  "idempotency_keys",
  "stream_tickets",
];

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  const fill = (text: string) => database.sql.unsafe(text.replaceAll("$organization", `'${organizationId}'`));
  const rows = `(select n, md5(n::text) || md5(n::text) as hash, '2026-02-01'::timestamptz + n * interval '1 minute' as at
    from generate_series(1, 5000) n) made`;
  await fill(`
    insert into api_keys (organization_id, id, owner_id, name, scopes, created_by_id, version, created_at, updated_at)
    select $organization, gen_random_uuid(), '${ben}', 'Key ' || n, '{}', '${ben}', 1, at, at from ${rows}`);
  await fill(`
    insert into api_key_secrets (organization_id, id, api_key_id, prefix, secret_hash, created_at, expires_at)
    select organization_id, gen_random_uuid(), id, lpad(row_number() over ()::text, 10, '0'), '${hash}', created_at,
      created_at + interval '1 year'
    from api_keys where organization_id = $organization`);
  await fill(`
    insert into idempotency_keys (organization_id, key_hash, request_hash, answer, expires_at)
    select $organization, hash, hash, '\\x00', at + interval '1 day' from ${rows}`);
  await fill(`
    insert into stream_tickets (organization_id, id, user_id, ticket_hash, auth_session_id, expires_at)
    select $organization, gen_random_uuid(), '${ben}', hash, gen_random_uuid(), at from ${rows}`);
  // Each transaction has its own number: what reads on from one takes a few of many.
  await fill(`
    insert into events (organization_id, id, kind, at, transaction_id)
    select $organization, gen_random_uuid(), 'presence_changed', at, (n + 100)::text::xid8 from ${rows}`);
  for (const table of LARGE) await database.sql.unsafe(`vacuum analyze ${table}`);
});

afterAll(() => database[Symbol.asyncDispose]());

const fullScans = async (run: (via: Unit) => Promise<unknown>): Promise<string[]> =>
  (await database.plansOf(run)).flatMap((plan) =>
    nodesOf(plan).flatMap((node) =>
      node["Node Type"] === "Seq Scan" && LARGE.includes(node["Relation Name"] ?? "")
        ? [node["Relation Name"]!]
        : [],
    ),
  );

test("a scan of everything would be seen", async () => {
  expect(await fullScans((via) => via.send("select * from events where data <> $1", ["{}"]))).toEqual([
    "events",
    "events",
  ]);
});

/** A moment after all that the test wrote but the last few. */
const since = "5090:5090:";
const secretId = seededId("secret");
const behind = (as: object) => JSON.stringify([{ organizationId, userId: ben, ...as }]);

test.for<[string, (via: Unit) => Promise<unknown>]>([
  ["a key's rights", (via) => findKeyPrincipal(via, { secretId, userId: ben, now })],
  ["a key that is presented", (via) => findPresentedKey(via, { prefix: "0000000001", now })],
  ["that a key is in use", (via) => noteSecretUse(via, { secretId, at: now, before: now })],
  [
    "the rights behind open streams",
    (via) => findPrincipalsBehind(via, { credentials: behind({ secretId }), now }),
  ],
  ["an answer that was given", (via) => findAnswer(via, { keyHash: hash, at: now })],
  [
    "an answer to keep",
    (via) =>
      insertAnswer(via, {
        keyHash: hash,
        requestHash: hash,
        answer: new Uint8Array(1),
        at: now,
        expiresAt: now,
      }),
  ],
  ["a stream ticket", (via) => takeStreamTicket(via, { ticketHash: hash, now })],
  ["the outbox of all", (via) => readOutbox(via, { ...outboxBeginning, since })],
  ["the outbox of one organization", (via) => listEvents(via, { ...outboxBeginning, since })],
])("%s: no statement reads a table from end to end", async ([, run]) => {
  expect(await fullScans(run)).toEqual([]);
});

test.for([
  ["events", "events_at_index"],
  ["idempotencyKeys", "idempotency_keys_expiry_index"],
  ["streamTickets", "stream_tickets_expiry_index"],
] as const)("the sweep of a few old %s finds them by %s", async ([kind, index]) => {
  const [plan] = await database.plansOf((via) => sweeps[kind](via, { before: "2026-02-01T00:05:00.000Z" }));
  expect(nodesOf(plan!).flatMap((node) => node["Index Name"] ?? [])).toContain(index);
});
