import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlannedDatabase, fullScans, organizationId, planOn } from "./plans.fixtures.ts";
import {
  findDueMails,
  findPeopleToMail,
  findRecipient,
  holdDueMails,
  holdMailbox,
  listMailProblems,
  retryMail,
  writeMailOutcomes,
  writeMailPlans,
} from "./repositories/due-mails.ts";
import { countUnreadByKind, readAllNotifications } from "./repositories/notifications.ts";
import { seededId } from "./seed/ids.ts";

const userId = seededId("demo/user/ben@lumen.example");
const id = seededId("some notification");
const now = "2026-03-02T08:00:00.000Z";
const due = { now, createdBefore: now };

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  // All but a few are sent.
  await database.sql.unsafe(`
    update notifications set mail_state = 'sent', mailed_at = created_at
    where organization_id = '${organizationId}' and md5(id::text) > '02';
    analyze notifications`);
});
afterAll(() => database[Symbol.asyncDispose]());

test.each([
  ["whose mails are due", (via) => findPeopleToMail(via, { ...due, limit: 40 })],
  ["taking somebody's mails", (via) => holdMailbox(via, { userId })],
  ["locking what is due", (via) => holdDueMails(via, { userId, ...due })],
  ["whom they are for", (via) => findRecipient(via, { userId })],
  ["what they tell", (via) => findDueMails(via, { ids: `{${id}}` })],
  ["writing what is decided", (via) => writeMailPlans(via, { plans: `[{"id": "${id}"}]` })],
  ["writing what came of it", (via) => writeMailOutcomes(via, { outcomes: `[{"id": "${id}"}]` })],
  [
    "what could not be sent",
    (via) => listMailProblems(via, { state: "failed", afterValue: now, afterId: id, limit: 51 }),
  ],
  ["trying one again", (via) => retryMail(via, { id, at: now })],
  ["what is unread, by kind", (via) => countUnreadByKind(via, { userId })],
  ["reading all", (via) => readAllNotifications(via, { userId, ticketId: null, now })],
] as [string, Parameters<PlannedDatabase["plansOf"]>[0]][])(
  "%s is read by an index, however many notifications there are",
  async (_, run) => {
    const plans = await database.plansOf(run);
    expect(plans.length).toBeGreaterThan(0);
    expect(fullScans(plans)).toEqual([]);
  },
);

test("reading all notifications is seen for what it is", async () => {
  const plans = await database.plansOf((via) => via.send("select * from notifications", []));
  expect(fullScans(plans)).not.toEqual([]);
});
