import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, tom: HelpdeskApi, ben: HelpdeskApi, sofia: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, tom, ben, sofia] = await Promise.all([api("nora"), api("tom"), api("ben"), api("sofia")]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

type Ticket = RouterOutputs["tickets"]["open"];

const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

let ticket: Ticket;
let ticketId: string;
beforeEach(async () => {
  const departmentId = ids["Technical support"];
  ticket = await nora.tickets.open.mutate({ title: "For all of us", description: "Hello", departmentId });
  ticketId = ticket.id;
});

const idsOf = (names: string[]) => names.map((name) => ids[name]!);
const copy = (...names: string[]) => ben.tickets.setCc.mutate({ ticketId, add: idsOf(names) });
const copyNoMore = (...names: string[]) => ben.tickets.setCc.mutate({ ticketId, remove: idsOf(names) });

/** Whether somebody gets the ticket from each of the ways there are to come by it. */
async function sights(api: HelpdeskApi) {
  const lists = await Promise.all([
    api.tickets.list.query({ limit: 100 }),
    api.tickets.list.query({ limit: 100, isOpen: true, orderBy: "updated_at" }),
  ]);
  return [
    (await refusalOf(api.tickets.get.query({ ticketId }))) === "ok",
    (await refusalOf(api.tickets.timeline.query({ ticketId }))) === "ok",
    ...lists.map(({ items }) => items.some(({ id }) => id === ticketId)),
  ];
}

describe("who is in copy", () => {
  test("sees the ticket by every way as its customer does, and does not before and after", async () => {
    expect(new Set(await sights(tom))).toEqual(new Set([false]));
    await copy("tom");
    expect(new Set(await sights(tom))).toEqual(new Set([true]));
    expect(new Set(await sights(nora))).toEqual(new Set([true]));
    await copyNoMore("tom");
    expect(new Set(await sights(tom))).toEqual(new Set([false]));
  });

  test("is added to and taken from those there are, whoever changes them at once", async () => {
    await copy("lucas");
    await Promise.all([copy("tom", "tom"), copyNoMore("lucas", "tom"), copy("amira"), copyNoMore("nora")]);
    await copy("tom");
    const { cc } = await ben.tickets.get.query({ ticketId });
    expect(cc.map(({ id }) => id).toSorted()).toEqual(idsOf(["tom", "amira"]).toSorted());
  });

  test("reads just what the customer reads: no note, no tag, no follower", async () => {
    await copy("tom");
    await ben.tickets.addNote.mutate({ ticketId, body: "Between us" });
    await ben.tickets.setTags.mutate({ ticketId, version: 1, tags: ["bug"] });
    await ben.tickets.setFollowers.mutate({ ticketId, add: [ids["petra"]!] });
    await ben.tickets.reply.mutate({ ticketId, body: "Hello both" });
    const [theirs, hers] = [
      await tom.tickets.get.query({ ticketId }),
      await nora.tickets.get.query({ ticketId }),
    ];
    expect(theirs).toEqual(hers);
    expect(theirs.cc).toEqual([{ id: ids["tom"], name: "Tom Whitaker" }]);
    expect(JSON.stringify(theirs)).not.toMatch(/Between us|"bug"|Petra/);
    expect(JSON.stringify(await ben.tickets.get.query({ ticketId }))).toMatch(
      /Between us.*"bug"|"bug".*Between us/,
    );
    expect(theirs.timeline.map(({ kind }) => kind)).toEqual(["ticket_opened", "cc_changed", "reply_added"]);
  });

  test("writes as a customer: the ticket goes back to work, nobody has answered, and the customer is told", async () => {
    await copy("tom");
    await ben.tickets.setStatus.mutate({ ticketId, version: 1, status: "waiting" });
    const replied = await tom.tickets.reply.mutate({ ticketId, body: "It is still broken" });
    expect(replied).toMatchObject({ statusCategory: "open", firstRespondedAt: null });
    const told = await nora.notifications.list.query({ unreadOnly: true });
    expect(told.items.find((each) => each.ticket?.id === ticketId)).toMatchObject({
      kind: "comment_added",
      actor: { id: ids["tom"] },
    });
  });

  test("is told of what the customer is told, with the ticket", async () => {
    await copy("tom");
    await ben.tickets.reply.mutate({ ticketId, body: "Hello both" });
    const { items } = await tom.notifications.list.query({ unreadOnly: true });
    const kinds = items.filter((each) => each.ticket?.id === ticketId).map(({ kind }) => kind);
    expect(kinds).toEqual(["comment_added", "ticket_updated"]);
    await copyNoMore("tom");
    const after = await tom.notifications.list.query({});
    expect(after.items.some((each) => each.ticket?.id === ticketId)).toBe(false);
  });

  test("stays a customer of the ticket when they come to work here: no notes, and no ticket to take", async () => {
    await copy("lucas");
    await ben.tickets.addNote.mutate({ ticketId, body: "Between us" });
    const { items } = await sofia.users.list.query({ search: "lucas@" });
    const agent = (await sofia.roles.list.query()).find(({ key }) => key === "agent")!;
    const { id: userId, version } = items[0]!;
    await sofia.users.setRole.mutate({ userId, version, roleId: agent.id });
    const { api: lucas } = await server.as("lucas");
    expect(JSON.stringify(await lucas.tickets.get.query({ ticketId }))).not.toContain("Between us");
    expect(await refusalOf(lucas.tickets.addNote.mutate({ ticketId, body: "Psst" }))).toMatchObject({
      code: "permission.denied",
    });
    expect(await refusalOf(lucas.tickets.take.mutate({ ticketId }))).toEqual({
      code: "assignee.not_eligible",
    });
    await copyNoMore("lucas");
    const departmentId = null;
    await ben.tickets.setDepartment.mutate({ ticketId, version: 1, departmentId });
    expect(JSON.stringify(await lucas.tickets.get.query({ ticketId }))).toContain("Between us");
  });
});

test("those who work here, the customer and people there are not cannot be in copy; customers put nobody there", async () => {
  for (const name of ["petra", "nora", "hanna"])
    expect(await refusalOf(copy("tom", name))).toEqual({ code: "cc.not_eligible", userIds: [ids[name]] });
  expect(await refusalOf(copy("tom"))).toBe("ok");
  const own = nora.tickets.setCc.mutate({ ticketId, add: [ids["tom"]!] });
  expect(await refusalOf(own)).toMatchObject({ code: "permission.denied" });
});
