import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PNG, Sender } from "../attachments/upload.fixtures.ts";
import { refusalOf } from "./merging.fixtures.ts";

let server: TestServer;
let nora: HelpdeskApi, tom: HelpdeskApi, ben: HelpdeskApi, petra: HelpdeskApi, sofia: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, tom, ben, petra, sofia] = await Promise.all([
    api("nora"),
    api("tom"),
    api("ben"),
    api("petra"),
    api("sofia"),
  ]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

type Ticket = RouterOutputs["tickets"]["open"];
type Comment = NonNullable<RouterOutputs["tickets"]["get"]["timeline"][number]["comment"]>;

const read = (api: HelpdeskApi, ticketId: string) => api.tickets.get.query({ ticketId });
const commentsOf = async (api: HelpdeskApi, ticketId: string): Promise<Comment[]> =>
  (await read(api, ticketId)).timeline.flatMap(({ comment }) => comment ?? []);
const bodiesOf = async (api: HelpdeskApi, ticketId: string) =>
  (await commentsOf(api, ticketId)).map(({ body }) => body);

let ticket: Ticket;
let ticketId: string;
let comments: Comment[];
const idOf = (body: string) => comments.find((comment) => comment.body === body)!.id;

beforeEach(async () => {
  ticket = await nora.tickets.open.mutate({
    title: "Exports stop",
    description: "They do",
    priority: "high",
    departmentId: ids["Technical support"],
  });
  ticketId = ticket.id;
  await ben.tickets.setCc.mutate({ ticketId, add: [ids["tom"]!] });
  await nora.tickets.reply.mutate({ ticketId, body: "one" });
  await ben.tickets.reply.mutate({ ticketId, body: "two" });
  await ben.tickets.addNote.mutate({ ticketId, body: "psst" });
  await tom.tickets.reply.mutate({ ticketId, body: "toms" });
  comments = await commentsOf(ben, ticketId);
});

const split = (commentIds: string[], more: object = {}, by = ben) =>
  by.tickets.split.mutate({ ticketId, version: 1, commentIds, title: "Also the logo", ...more });

test("a split moves comments to a new ticket: whose, when and for whom they are stays, and each is in one place", async () => {
  const made = await split([idOf("psst"), idOf("one")]);
  expect(made).toMatchObject({
    number: expect.any(Number),
    title: "Also the logo",
    priority: "high",
    customer: { id: ids["nora"] },
    department: { id: ids["Technical support"] },
    status: "open",
    version: 1,
  });
  const moved = await commentsOf(ben, made.id);
  const before = comments.filter(({ body }) => ["one", "psst"].includes(body));
  expect(moved).toEqual(before);
  expect(await bodiesOf(ben, ticketId)).toEqual(["two", "toms"]);
  expect(await bodiesOf(nora, made.id)).toEqual(["one"]);
  // In copy there, as here: what one could read one still can.
  expect(await bodiesOf(tom, made.id)).toEqual(["one"]);

  const [origin, fresh] = [await read(ben, ticketId), await read(ben, made.id)];
  expect(origin.timeline.at(-1)).toMatchObject({
    kind: "split_off",
    actor: { id: ids["ben"] },
    changes: {
      split_to: { from: null, to: { id: made.id, label: `#${made.number}` } },
      comments: { from: { label: "2 comments" }, to: null },
    },
  });
  expect(
    origin.timeline.filter(({ kind, comment }) => kind === "reply_added" && comment === null),
  ).toHaveLength(1);
  expect(fresh.timeline.map(({ kind }) => kind)).toEqual([
    "ticket_opened",
    "cc_changed",
    "reply_moved",
    "note_moved",
  ]);
  expect(fresh.timeline[0]!.changes["split_from"]).toMatchObject({ to: { label: `#${ticket.number}` } });
  expect(origin.links).toMatchObject([{ relation: "relates_to", ticket: { id: made.id } }]);
  expect(fresh.links).toMatchObject([{ relation: "relates_to", ticket: { id: ticketId } }]);
});

test("the new ticket's clocks begin at the split, and those of the old one stay as they are", async () => {
  const before = await read(ben, ticketId);
  const made = await split([idOf("two")]);
  const [after, fresh] = [await read(ben, ticketId), await read(ben, made.id)];
  expect(after.clocks).toEqual(before.clocks);
  expect(after.firstRespondedAt).toBe(before.firstRespondedAt);
  expect(fresh.firstRespondedAt).toBeNull();
  expect(fresh.clocks.map(({ metric, state }) => `${metric} ${state}`)).toEqual([
    "first_response running",
    "resolution running",
  ]);
  const rebuilt = await sofia.sla.rebuild.query({ limit: 100 });
  expect(rebuilt.items.filter(({ ticketId: id }) => [ticketId, made.id].includes(id))).toEqual([]);
});

test("who wrote in copy may become the new ticket's customer, and nobody else", async () => {
  const forCustomer = (customerId: string, commentId: string) =>
    split([commentId], { customerId }).then(
      ({ customer }) => customer.id,
      (error: unknown) => isRefusal(error) && error.data.refusal?.code,
    );
  expect(await forCustomer(ids["tom"]!, idOf("one"))).toBe("customer.not_found");
  expect(await forCustomer(ids["amira"]!, idOf("toms"))).toBe("customer.not_found");
  expect(await forCustomer(ids["ben"]!, idOf("two"))).toBe("customer.not_found");
  expect(await forCustomer(ids["tom"]!, idOf("toms"))).toBe(ids["tom"]);
});

test("what is not on the ticket, is moved already, or is a note that one does not see is refused, and nothing moves", async () => {
  const other = await nora.tickets.open.mutate({ title: "Other", description: "" });
  await nora.tickets.reply.mutate({ ticketId: other.id, body: "elsewhere" });
  const [elsewhere] = await commentsOf(ben, other.id);
  expect(await refusalOf(split([idOf("one"), elsewhere!.id]))).toEqual({ code: "comment.not_found" });
  expect(await bodiesOf(ben, ticketId)).toEqual(["one", "two", "psst", "toms"]);

  const bens = await ben.tickets.open.mutate({ title: "My chair", description: "" });
  await petra.tickets.addNote.mutate({ ticketId: bens.id, body: "his chair again" });
  const [note] = await commentsOf(petra, bens.id);
  const asCustomer = { ticketId: bens.id, version: 1, commentIds: [note!.id], title: "Mine" };
  expect(await refusalOf(ben.tickets.split.mutate(asCustomer))).toEqual({ code: "comment.not_found" });
  expect(await refusalOf(petra.tickets.split.mutate(asCustomer))).toBe("ok");

  await split([idOf("one")]);
  expect(await refusalOf(split([idOf("one")], { version: 2 }))).toEqual({ code: "comment.not_found" });
  expect(await refusalOf(split([idOf("two")]))).toEqual({ code: "version.conflict", version: 2 });
  expect(await refusalOf(nora.tickets.split.mutate({ ...asCustomer, ticketId }))).toMatchObject({
    code: "permission.denied",
  });
});

test("a comment that was moved can be moved on, edited and merged back into sight", async () => {
  const made = await split([idOf("one")]);
  await nora.tickets.editComment.mutate({
    ticketId: made.id,
    commentId: idOf("one"),
    version: 1,
    body: "one, edited",
  });
  const { version } = await read(ben, made.id);
  const further = await ben.tickets.split.mutate({
    ticketId: made.id,
    version,
    commentIds: [idOf("one")],
    title: "Further",
  });
  expect(await bodiesOf(ben, made.id)).toEqual([]);
  expect(await bodiesOf(ben, further.id)).toEqual(["one, edited"]);
  await ben.tickets.merge.mutate({ ticketId: further.id, version: 1, intoTicketId: ticketId });
  expect(await bodiesOf(ben, ticketId)).toEqual(["two", "psst", "toms", "one, edited"]);
});

test("a comment's file goes with it, and is had by who sees the new ticket", async () => {
  const sender = await Sender.named(server, "nora");
  const attachmentId = await sender.id(PNG, { name: "logo.png", ticketId });
  await nora.tickets.reply.mutate({ ticketId, body: "the logo", attachmentIds: [attachmentId] });
  comments = await commentsOf(ben, ticketId);
  const made = await split([idOf("the logo")], { customerId: ids["nora"] });
  const { timeline } = await read(nora, made.id);
  expect(timeline.at(-1)).toMatchObject({ kind: "reply_moved", attachments: [{ name: "logo.png" }] });
  const origin = await read(ben, ticketId);
  expect(origin.timeline.flatMap(({ attachments }) => attachments)).toEqual([]);
  expect(await refusalOf(nora.attachments.url.query({ attachmentId }))).toBe("ok");
  expect(await refusalOf(tom.attachments.url.query({ attachmentId }))).toBe("ok");
  await ben.tickets.setCc.mutate({ ticketId: made.id, remove: [ids["tom"]!] });
  expect(await refusalOf(tom.attachments.url.query({ attachmentId }))).toEqual({
    code: "attachment.not_found",
  });
});

test("of two who split the same comment off at once one does, and it is on one ticket", async () => {
  const outcomes = await Promise.all([ben, petra].map((by) => refusalOf(split([idOf("one")], {}, by))));
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome !== "ok")).toEqual([{ code: "version.conflict", version: 2 }]);
  const [found] = await server.resources.sql<{ count: number }[]>`
    select count(*)::int as count from ticket_comments where id = ${idOf("one")}`;
  expect(found!.count).toBe(1);
});
