import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PlannedDatabase,
  type Plan,
  fullScans,
  nodesOf,
  organizationId,
  planOn,
} from "./plans.fixtures.ts";
import { countHeldMails, findInboundMail, listInboundMails } from "./repositories/held-mails.ts";
import {
  claimInboundMails,
  findMailDepartment,
  findSender,
  findSending,
  findTicketsByNumber,
  holdClaimedMail,
  insertInboundMail,
  listPeopleBehind,
  putOffMail,
} from "./repositories/inbound-mails.ts";
import { findMailRecipient } from "./repositories/mail-addresses.ts";
import { seededId } from "./seed/ids.ts";

const id = seededId("some inbound mail");
const at = "2026-03-02T08:00:00.000Z";

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  // Of hundreds of senders; all but a few are taken.
  await database.sql.unsafe(`
    insert into inbound_mails (organization_id, id, sha256, size_bytes, storage_key, envelope, state, reason, due_at,
      received_at, from_address, message_id)
    select '${organizationId}', gen_random_uuid(), encode(sha256(i::text::bytea), 'hex'), 1, 'x', '{}',
      case when i % 500 = 0 then 'received' when i % 50 = 1 then 'held' else 'ignored' end, 'bounce', '${at}',
      '${at}'::timestamptz - i * interval '1 minute', 'a' || i % 300 || '@mail.example', '<' || i || '@mail.example>'
    from generate_series(1, 6000) i;
    analyze inbound_mails`);
});
afterAll(() => database[Symbol.asyncDispose]());

const scansOfMails = (plans: Plan[]): Plan[] =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "inbound_mails");

const listing = {
  readerId: seededId("demo/user/ben@lumen.example"),
  departmentIds: "{}",
  isManager: true,
  seesNotes: true,
  ticketId: null,
  beforeAt: "9999-12-31T23:59:59.999Z",
  beforeId: "ffffffff-ffff-ffff-ffff-ffffffffffff",
  limit: 51,
};

const any = { scope: "departments", state: null, isOfTicket: false } as const;

test.each([
  ["what is due", (via) => claimInboundMails(via, { now: at, until: at, limit: 2 })],
  ["holding one", (via) => holdClaimedMail(via, { id, attempts: 1 })],
  ["putting one off", (via) => putOffMail(via, { id, attempts: 1, dueAt: at })],
  [
    "the same mail again",
    (via) =>
      insertInboundMail(via, {
        id,
        sha256: "0".repeat(64),
        sizeBytes: 1,
        storageKey: "x",
        envelope: "{}",
        at,
      }),
  ],
  ["whose address it is", (via) => findSender(via, { email: "a@b.example" })],
  ["the people behind addresses", (via) => listPeopleBehind(via, { emails: "{a@b.example}" })],
  [
    "what an address sent lately",
    (via) => findSending(via, { id, email: "a7@mail.example", messageId: "<7@mail.example>", since: at }),
  ],
  ["the tickets of numbers", (via) => findTicketsByNumber(via, { numbers: "{1,2}" })],
  ["who takes mail", (via) => findMailRecipient(via, { slug: "demo", localPart: "support" })],
  ["where tickets go", (via) => findMailDepartment(via, { localParts: "{support}" })],
  ["one mail", (via) => findInboundMail(via, { id })],
  ["all mails", (via) => listInboundMails({ ...any, scope: "organization" })(via, listing)],
  ["how many are held", (via) => countHeldMails(via, { limit: 1_000 })],
  ["those that are held", (via) => listInboundMails({ ...any, state: "held" })(via, listing)],
  [
    "those of a ticket",
    (via) => listInboundMails({ ...any, isOfTicket: true })(via, { ...listing, ticketId: id }),
  ],
] as [string, Parameters<PlannedDatabase["plansOf"]>[0]][])(
  "%s is read by an index, however many mails there are",
  async (_, run) => {
    const plans = await database.plansOf(run);
    expect(plans.length).toBeGreaterThan(0);
    expect([...fullScans(plans), ...scansOfMails(plans)]).toEqual([]);
  },
);

test("what an address sent lately is read without all that it ever sent, and whether a mail is known by its id alone", async () => {
  const plans = await database.plansOf((via) =>
    findSending(via, { id, email: "a7@mail.example", messageId: "<7@mail.example>", since: at }),
  );
  for (const plan of plans) {
    const conditions = nodesOf(plan).map((node) => (node as { "Index Cond"?: string })["Index Cond"] ?? "");
    expect(conditions).toContainEqual(expect.stringMatching(/from_address.*received_at >/));
    expect(conditions).toContainEqual(expect.stringContaining("message_id"));
  }
});

test("reading all mails is seen for what it is", async () => {
  const plans = await database.plansOf((via) => via.send("select * from inbound_mails", []));
  expect(scansOfMails(plans)).not.toEqual([]);
});
