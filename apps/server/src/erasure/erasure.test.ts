import { read } from "@helpdesk/db";
import { listUnknownWords, listWrongTicketTexts } from "@helpdesk/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../audit/verify.ts";
import { MailInDesk } from "../mail-in/mail-in.fixtures.ts";
import { eraseSome } from "./advance.ts";
import { inDatabase, inFiles } from "./everywhere.fixtures.ts";
import { EMAIL, KEPT, MARKERS, NAME, OLD_NAME, PHONE, leaveTraces } from "./traces.fixtures.ts";
import { verifyReceipt } from "./verify.ts";

const NEEDLES = [NAME, OLD_NAME, EMAIL, PHONE, ...MARKERS, "quackenfeld", "zorbulina", "nora-fischer"];

let desk: MailInDesk;
let of: Awaited<ReturnType<typeof leaveTraces>>;

beforeAll(async () => {
  desk = await MailInDesk.open();
  of = await leaveTraces(desk);
});
afterAll(() => desk[Symbol.asyncDispose]());

const sofia = async () => (await desk.server.as("sofia")).api;
const everywhere = async (needles: readonly string[]) => [
  ...(await inDatabase(desk.sql, needles)),
  ...(await inFiles(desk.server.resources.env.STORAGE_DIR, needles)),
];

/** What reports are made of. */
const totals = () => desk.sql`
  select
    (select jsonb_agg(x order by x.status_id, x.priority, x.source) from (
      select status_id, priority, source, count(*), sum(extract(epoch from resolved_at - created_at)) as took
      from tickets where not is_simulated group by 1, 2, 3) x) as tickets,
    (select jsonb_agg(x order by x.kind) from (select kind, count(*), min(at), max(at) from ticket_history h
      join tickets t on t.id = h.ticket_id and not t.is_simulated group by 1) x) as history,
    (select jsonb_agg(x order by x.score) from (select score, count(*) from ticket_ratings group by 1) x) as ratings,
    (select jsonb_agg(x order by x.metric, x.state) from (select metric, c.state, count(*), sum(elapsed_seconds)
      from sla_cycles c join tickets t on t.id = c.ticket_id and not t.is_simulated group by 1, 2) x) as cycles,
    (select jsonb_agg(x order by x.source, x.visibility) from (select c.source, visibility, count(*) from ticket_comments c
      join tickets t on t.id = c.ticket_id and not t.is_simulated group by 1, 2) x) as comments,
    (select jsonb_agg(overall_hundredths order by id) from ticket_reviews) as reviews`;

/** Every report that counts or measures, over all there is. */
async function reports() {
  const { reports: each } = await sofia();
  const common = { period: { last: 24, unit: "month" as const }, zone: "Europe/Berlin" };
  const run = each.run.query;
  return Promise.all([
    run({ definition: { ...common, kind: "counts", by: ["status", "priority"] } }),
    run({ definition: { ...common, kind: "counts", by: ["department", "source"] } }),
    run({ definition: { ...common, kind: "volume", interval: "month" } }),
    run({ definition: { ...common, kind: "times", metric: "resolution" } }),
    run({ definition: { ...common, kind: "times", metric: "first_response", by: ["priority"] } }),
    run({ definition: { ...common, kind: "compliance", by: ["department"] } }),
    run({ definition: { ...common, kind: "satisfaction" } }),
  ]).then((all) => all.map(({ rows }) => rows));
}

test("an erased person and what they wrote is nowhere in the database and the files, and totals stay", async () => {
  // The control: all of it is found as long as it is there.
  const before = await everywhere(NEEDLES);
  for (const needle of NEEDLES)
    expect(
      before.filter((place) => place.endsWith(`: ${needle}`)),
      needle,
    ).not.toEqual([]);
  expect(before.filter((place) => place.startsWith("file")).length).toBeGreaterThan(2);
  const places = new Set(before.map((place) => place.split(":")[0]!));
  expect(places.size).toBeGreaterThan(35);
  const totalsBefore = await totals();
  // Her open tickets are given back, which is another workload; what was counted and measured is not touched.
  const reportsBefore = await reports();
  const kept = await everywhere([KEPT]);

  const api = await sofia();
  const { counts } = await api.erasures.plan.query({ userId: of.userId });
  expect(counts["tickets"]).toBeGreaterThanOrEqual(of.ticketIds.length);
  const { salt, ...erasure } = await api.erasures.request.mutate({
    userId: of.userId,
    email: EMAIL.toUpperCase(),
    otherNames: [OLD_NAME],
  });
  expect(erasure).toMatchObject({ userId: of.userId, isFinished: false, receiptHash: null });
  for (let batch = 0; (await eraseSome(desk.server.resources)) > 0; batch++) expect(batch).toBeLessThan(500);

  const finished = await api.erasures.get.query({ erasureId: erasure.id });
  expect(finished).toMatchObject({ isFinished: true, step: "finished" });
  expect(finished.counts).toMatchObject({ users: 2, tickets: expect.any(Number), files: expect.any(Number) });
  expect(await everywhere(NEEDLES)).toEqual([]);
  expect(await totals()).toEqual(totalsBefore);
  expect(await reports()).toEqual(reportsBefore);
  // An article still is where it is, and where it was that names nobody; both places with her name are one now.
  const slugs = await desk.sql<{ slug: string; isNow: boolean }[]>`
    select s.slug, s.slug = a.slug as "isNow" from kb_article_slugs s join kb_articles a on a.id = s.article_id
    where a.slug like 'how-erased-prints-%' order by s.slug`;
  expect(slugs).toEqual([
    { slug: "her-printer", isNow: false },
    { slug: expect.stringMatching(/^how-erased-prints-[0-9a-f]{6}$/), isNow: true },
  ]);
  // Who was told of a review of a ticket of hers still is.
  const told = await (await desk.server.as("ben")).api.notifications.list.query({});
  expect(told.items.filter(({ reviewId }) => reviewId !== null)).toHaveLength(1);
  // What others wrote is there but for her.
  expect(await everywhere([KEPT])).toEqual(
    expect.arrayContaining(kept.filter((place) => !place.startsWith("file"))),
  );

  const reader = read(desk.sql, (await desk.person("sofia")).organizationId);
  expect(await listWrongTicketTexts(reader)).toEqual([]);
  expect(await listUnknownWords(reader)).toEqual([]);

  const receipt = await api.erasures.receipt.query({ erasureId: erasure.id });
  expect(JSON.stringify(receipt)).not.toContain(OLD_NAME);
  const { sql } = desk;
  expect(await verifyReceipt(sql, receipt, { email: EMAIL, salt })).toMatchObject({
    sequence: expect.any(Number),
    faults: [],
    isOfAddress: true,
  });
  const forged = { ...receipt, counts: { ...receipt.counts, users: 99 } };
  expect(await verifyReceipt(sql, forged, { email: "other@lumen.example", salt })).toMatchObject({
    sequence: null,
    isOfAddress: false,
  });
  await expect(verifyReceipt(sql, { ...receipt, name: NAME }, null)).rejects.toThrow(/name/);
  for (const log of await verifyAudit(sql)) expect(log.faults).toEqual([]);
});
