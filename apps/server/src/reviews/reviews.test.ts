import { randomUUID } from "node:crypto";
import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { rewriteReview, transact } from "@helpdesk/db";
import { autoFailKinds, measuredTimes, reviewRubric } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { scoreRow } from "./create.ts";
import { allMarked } from "./reviewing.fixtures.ts";
import { wrongReviews } from "./wrong-reviews.ts";

let server: TestServer;
let sofia: HelpdeskApi, petra: HelpdeskApi, ben: HelpdeskApi, nora: HelpdeskApi;
let organizationId: string;
const ids = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, petra, ben, nora] = [await api("sofia"), await api("petra"), await api("ben"), await api("nora")];
  const rows = await server.resources.sql<{ name: string; id: string; organizationId: string }[]>`
    select split_part(email, '@', 1) as name, id, organization_id as "organizationId" from users
    union all select name, id, organization_id from departments`;
  for (const { name, id } of rows) ids.set(name, id);
  organizationId = rows.find(({ name }) => name === "sofia")!.organizationId;
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

/** A ticket of nora's that ben had, answered by somebody and resolved, and where it is now. */
async function finished(department = "Technical support", worker = ben, isResolved = true) {
  const { id: ticketId } = await nora.tickets.open.mutate({
    title: "Screen stays black",
    description: "Since today.",
    departmentId: ids.get("Technical support")!,
  });
  const reply = await sofia.tickets.assign.mutate({ ticketId, version: 1, assigneeId: ids.get("ben")! });
  await worker.tickets.reply.mutate({ ticketId, body: "Please tell me your password." });
  if (isResolved)
    await sofia.tickets.setStatus.mutate({ ticketId, version: reply.version, status: "resolved" });
  await server.resources
    .sql`update tickets set department_id = ${ids.get(department)!} where id = ${ticketId}`;
  const { timeline } = await sofia.tickets.get.query({ ticketId });
  const commentId = timeline.find(({ comment }) => comment)!.comment!.id;
  return { ticketId, commentId };
}

const full = () => ({ credits: allMarked("full"), comment: "Well **done**." });
const underived = () => wrongReviews(server.resources.sql);

test("a review scores by the rubric and the ticket's clocks, and the agent reads and answers it", async () => {
  const { ticketId } = await finished();
  const review = await petra.reviews.create.mutate({
    ticketId,
    ...full(),
    credits: { ...allMarked("full"), empathy: "none", steps_noted: "not_applicable" },
  });
  expect(review).toMatchObject({
    agent: { id: ids.get("ben") },
    reviewer: { id: ids.get("petra") },
    ticket: { id: ticketId },
    sections: {
      verification: 10_000,
      communication: 7_000,
      technical: 10_000,
      documentation: 10_000,
      responseTime: 10_000,
    },
    raw: 9_400,
    overall: 9_400,
    isPassed: true,
    commentHtml: "<p>Well <strong>done</strong>.</p>",
    acknowledgedAt: null,
    version: 1,
  });
  const [told] = (await ben.notifications.list.query({})).items;
  expect(told).toMatchObject({
    kind: "review_written",
    reviewId: review.id,
    ticket: { id: ticketId },
    actor: { id: ids.get("petra") },
  });
  const { items } = await ben.reviews.mine.query({ isAcknowledged: false });
  expect(items.map(({ id }) => id)).toContain(review.id);
  const answered = await ben.reviews.acknowledge.mutate({ reviewId: review.id, version: 1, reply: "I see." });
  expect(answered).toMatchObject({ agentReply: "I see.", version: 2 });
  expect(answered.acknowledgedAt).not.toBeNull();
  expect(await petra.reviews.get.query({ reviewId: review.id })).toEqual(answered);
});

test("a revision is scored anew and to be read again; the reply and the measured times stay", async () => {
  const { ticketId, commentId } = await finished();
  const { id: reviewId } = await petra.reviews.create.mutate({ ticketId, ...full() });
  await ben.reviews.acknowledge.mutate({ reviewId, version: 1, reply: "Thank you." });
  const autoFails = [{ kind: "asked_secret" as const, commentId }];
  const revised = await petra.reviews.revise.mutate({ reviewId, version: 2, ...full(), autoFails });
  expect(revised).toMatchObject({
    sections: { verification: 0, responseTime: 10_000 },
    raw: 7_000,
    overall: 4_000,
    isPassed: false,
    autoFails: [{ kind: "asked_secret", cap: 4_000, commentId }],
    acknowledgedAt: null,
    agentReply: "Thank you.",
    version: 3,
  });
  expect(await codeOf(petra.reviews.revise.mutate({ reviewId, version: 2, ...full() }))).toBe(
    "version.conflict",
  );
  expect(await codeOf(sofia.reviews.revise.mutate({ reviewId, version: 3, ...full() }))).toBe(
    "review.not_found",
  );
  expect(await codeOf(petra.reviews.acknowledge.mutate({ reviewId, version: 3 }))).toBe("review.not_found");
});

describe("a review is refused where", () => {
  const create = async (of: { ticketId: string }, rest: object = {}, by = petra) =>
    codeOf(by.reviews.create.mutate({ ...full(), ticketId: of.ticketId, ...rest }));

  test("the ticket is not resolved yet", async () => {
    expect(await create(await finished("Technical support", ben, false))).toBe("ticket.not_resolved");
  });

  test("the reviewer does not see the ticket, and whoever does may", async () => {
    const hidden = await finished("Billing and accounts", sofia);
    expect(await create(hidden)).toBe("ticket.not_found");
    expect(await create(hidden, {}, sofia)).toBe("ok");
  });

  test("it is of the reviewer's own work", async () => {
    const { ticketId } = await finished("Technical support", petra);
    expect(await create({ ticketId }, { agentId: ids.get("petra") })).toBe("review.own_work");
    expect(await create({ ticketId }, { agentId: ids.get("petra") }, sofia)).toBe("ok");
  });

  test("the agent had nothing to do with it, or is its customer", async () => {
    const of = await finished();
    expect(await create(of, { agentId: ids.get("yuki") })).toBe("review.agent_not_eligible");
    expect(await create(of, { agentId: ids.get("nora") })).toBe("review.agent_not_eligible");
  });

  test("the same reviewer has written one, and another reviewer may", async () => {
    const of = await finished();
    expect([await create(of), await create(of), await create(of, {}, sofia)]).toEqual([
      "ok",
      "review.already_written",
      "ok",
    ]);
  });

  test("what caps it is shown by a comment of somebody else", async () => {
    const { ticketId, commentId } = await finished("Technical support", petra);
    const autoFails = [{ kind: "leaked_personal_data", commentId }];
    expect(await create({ ticketId }, { autoFails, agentId: ids.get("ben") }, sofia)).toBe(
      "review.marks_invalid",
    );
    expect(await create({ ticketId }, { autoFails, agentId: ids.get("petra") }, sofia)).toBe("ok");
  });

  test("a criterion is not marked or not there", async () => {
    const of = await finished();
    const { greeting: _, ...missing } = allMarked("full");
    expect(await create(of, { credits: missing })).toBe("input.invalid");
    expect(await create(of, { credits: { ...allMarked("full"), charm: "full" } })).toBe("input.invalid");
    expect(await create(of, { credits: allMarked("not_applicable") })).toBe("review.marks_invalid");
  });
});

test("lists show the reviews of tickets that the reader sees, the newest first, by pages, filters and all", async () => {
  const agentId = ids.get("devon")!;
  const written: string[] = [];
  for (const department of ["Technical support", "Billing and accounts", "Technical support"]) {
    const { ticketId } = await finished(department, sofia);
    await server.resources.sql`update tickets set assignee_id = ${agentId} where id = ${ticketId}`;
    written.push((await sofia.reviews.create.mutate({ ticketId, ...full() })).id);
  }
  const [first, hidden, third] = written as [string, string, string];
  const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
  expect(idsOf(await sofia.reviews.list.query({ agentId }))).toEqual([third, hidden, first]);
  expect(idsOf(await sofia.reviews.list.query({ agentId, reviewerId: ids.get("petra")! }))).toEqual([]);
  const page = await sofia.reviews.list.query({ agentId, limit: 2 });
  const rest = await sofia.reviews.list.query({ agentId, limit: 2, cursor: page.nextCursor });
  expect([idsOf(page), idsOf(rest), rest.nextCursor]).toEqual([[third, hidden], [first], null]);
  // Assigned to devon the hidden one would be seen by him, not by petra.
  expect(idsOf(await petra.reviews.list.query({ agentId }))).toEqual([third, first]);
  expect(await codeOf(petra.reviews.get.query({ reviewId: hidden }))).toBe("review.not_found");
  expect(await codeOf(petra.reviews.get.query({ reviewId: first }))).toBe("ok");
  expect(await codeOf(ben.reviews.get.query({ reviewId: first }))).toBe("review.not_found");
  expect(await codeOf(ben.reviews.list.query({}))).toBe("permission.denied");
  expect(await codeOf(sofia.reviews.list.query({ cursor: "x" }))).toBe("cursor.invalid");
});

test("an agent reads what was said of their work on a ticket that they see no more, without the ticket", async () => {
  const { ticketId } = await finished();
  const { id: reviewId } = await sofia.reviews.create.mutate({ ticketId, ...full() });
  await server.resources.sql`
    update tickets set assignee_id = null, department_id = ${ids.get("Billing and accounts")!} where id = ${ticketId}`;
  expect(await ben.reviews.get.query({ reviewId })).toMatchObject({ ticket: null, overall: 10_000 });
  expect(await sofia.reviews.get.query({ reviewId })).toMatchObject({ ticket: { id: ticketId } });
});

test("SQL derives what the domain scores, to the hundredth, whatever the marks", async () => {
  const { ticketId, commentId } = await finished();
  const { id } = await petra.reviews.create.mutate({ ticketId, ...full() });
  const millionths = fc.option(fc.oneof(fc.constantFrom(0, 1_000_000), fc.nat(1_000_000)));
  const marks = fc.record({
    rubric: fc.constant(reviewRubric.key),
    criteria: fc.tuple(
      ...[...reviewRubric.criteria, ...measuredTimes([])].map((criterion) =>
        millionths.map((earned) => ({ ...criterion, millionths: earned })),
      ),
    ),
    autoFails: fc
      .subarray([...autoFailKinds])
      .map((kinds) => kinds.map((kind) => ({ kind, commentId, cap: reviewRubric.autoFail[kind] * 100 }))),
  });
  for (const some of fc.sample(marks, { numRuns: 300, seed: 20 })) {
    const values = {
      id,
      comment: "Any.",
      score: scoreRow(some),
      at: systemRuntime.now(),
      notificationId: randomUUID(),
    };
    await transact(server.resources.sql, organizationId, (unit) => rewriteReview(unit, values));
    expect(await underived(), JSON.stringify(some)).toEqual([]);
  }
});

test("every stored score derives from its marks in SQL, and a changed one is found", async () => {
  const { sql } = server.resources;
  const written = await sql`select id from ticket_reviews`;
  expect(written.length).toBeGreaterThan(5);
  expect(await underived()).toEqual([]);
  const { ticketId } = await finished();
  const { id } = await petra.reviews.create.mutate({
    ticketId,
    comment: "Mixed.",
    credits: { ...allMarked("partial"), solution: "full", diagnosis: "none" },
  });
  const changes = {
    section: sql`technical_hundredths = technical_hundredths - 1`,
    weight: sql`weights = jsonb_set(weights, '{technical}', '26')`,
    overall: sql`raw_hundredths = raw_hundredths + 1, overall_hundredths = overall_hundredths + 1`,
    cap: sql`cap_hundredths = 10000`,
    mark: sql`marks = jsonb_set(marks, '{criteria,0,millionths}', '0')`,
  };
  await sql`create table kept_review as select * from ticket_reviews where id = ${id}`;
  for (const [name, change] of Object.entries(changes)) {
    await sql`update ticket_reviews set ${change} where id = ${id}`;
    expect(await underived(), name).toEqual([{ organizationId, reviewId: id }]);
    await sql`delete from ticket_reviews where id = ${id}`;
    await sql`insert into ticket_reviews select * from kept_review`;
    expect(await underived(), name).toEqual([]);
  }
});
