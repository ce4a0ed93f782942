import { randomUUID } from "node:crypto";
import { isRefusal } from "@helpdesk/client";
import { permissions } from "@helpdesk/domain";
import { demoAccounts } from "@helpdesk/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MailInDesk } from "../mail-in/mail-in.fixtures.ts";
import { eraseSome } from "./advance.ts";
import { inDatabase } from "./everywhere.fixtures.ts";

let desk: MailInDesk;

beforeAll(async () => {
  desk = await MailInDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());

const as = async (name: string) => (await desk.server.as(name)).api;
const outcome = async (act: () => Promise<unknown>) => {
  try {
    await act();
    return "ok";
  } catch (error) {
    return isRefusal(error) ? error.data!.refusal!.code : String(error);
  }
};
const eraseAll = async () => {
  while ((await eraseSome(desk.server.resources)) > 0);
};
const request = async (by: string, name: string) => {
  const { id: userId, email } = await desk.person(name);
  const { erasures } = await as(by);
  return erasures.request.mutate({ userId, email });
};

test("who is to be erased is out at once, their open tickets go back, and nobody lets them in again", async () => {
  const ben = await as("ben");
  const { id: userId, organizationId } = await desk.person("ben");
  const omar = await as("omar");
  const sofia = await as("sofia");
  const departments = await sofia.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const ticket = await omar.tickets.open.mutate({
    title: "His",
    description: "",
    customerId: (await desk.person("tom")).id,
    departmentId,
  });
  await omar.tickets.assign.mutate({ ticketId: ticket.id, version: ticket.version, assigneeId: userId });
  await ben.tickets.reply.mutate({ ticketId: ticket.id, body: "Glimmerstaff answer of Ben Okafor." });
  const { scenarioId } = await (
    await import("../scenarios/copy.fixtures.ts")
  ).copiedScenario(desk.sql, organizationId, "active");
  await ben.sessions.start.mutate({ scenarioId });

  const { id: erasureId } = await request("sofia", "ben");
  expect((await sofia.tickets.get.query({ ticketId: ticket.id })).assignee).toBeNull();
  const account = demoAccounts.find(({ email }) => email.startsWith("ben@"))!;
  const { organization, email, password } = account;
  expect(await outcome(() => desk.server.client().signIn({ organization, email, password }))).toContain(
    "auth.invalid_credentials",
  );
  const { version } = await sofia.users.get.query({ userId });
  expect(await outcome(() => sofia.users.reactivate.mutate({ userId, version }))).toBe("user.erased");
  expect(await outcome(() => sofia.erasures.receipt.query({ erasureId }))).toBe("erasure.not_finished");

  await eraseAll();
  // What staff wrote to customers is the organization's; their names and their practice are not.
  expect(await inDatabase(desk.sql, ["Ben Okafor", email])).toEqual([]);
  expect(await inDatabase(desk.sql, ["Glimmerstaff answer of erased"])).toEqual([
    "public.ticket_comments.body: Glimmerstaff answer of erased",
  ]);
  const [{ count }] = await desk.sql<[{ count: number }]>`
    select count(*)::int as count from training_sessions where user_id = ${userId}`;
  expect(count).toBe(0);
  expect(await sofia.users.get.query({ userId })).toMatchObject({ name: "Erased person" });
  // Their address is free again.
  expect(
    await outcome(() =>
      sofia.users.invite.mutate({ email, name: "Another Ben", roleKey: "agent", departmentIds: [] }),
    ),
  ).toBe("ok");
});

test("what histories and mentions called them by before goes by their id", async () => {
  const { sql } = desk;
  const { id: userId } = await desk.person("yuki");
  const [{ name }] = await sql<[{ name: string }]>`select name from users where id = ${userId}`;
  const omar = await as("omar");
  const yuki = await as("yuki");
  const customerId = (await desk.person("amira")).id;
  const { id: ticketId, version } = await omar.tickets.open.mutate({
    title: "Hers",
    description: "",
    customerId,
  });
  await omar.tickets.assign.mutate({ ticketId, version, assigneeId: userId });
  await omar.tickets.addNote.mutate({ ticketId, body: `Over to @[${name}](user:${userId}).` });
  const me = await yuki.auth.me.query();
  await yuki.users.updateProfile.mutate({ version: me.version, name: "Yuki Glimmernew" });
  const places = ["ticket_history.changes", "events.data"].map((place) => `public.${place}: ${name}`);
  expect(await inDatabase(sql, [name])).toEqual(expect.arrayContaining(places));
  await request("sofia", "yuki");
  await eraseAll();
  const left = await inDatabase(sql, [name]);
  expect(left.filter((place) => places.includes(place))).toEqual([]);
  const notes = await sql`select body from ticket_comments where ticket_id = ${ticketId}`;
  expect(notes).toEqual([{ body: `Over to @[erased](user:${userId}).` }]);
});

test("what the organization calls its things is not taken for somebody's name of one word", async () => {
  const { sql } = desk;
  const sofia = await as("sofia");
  const omar = await as("omar");
  const { id: userId, email } = await desk.person("devon");
  await sql`update users set name = 'Claims' where id = ${userId}`;
  const department = await sofia.departments.create.mutate({ name: "Claims", description: "Ask Claims." });
  const tag = await sofia.tags.create.mutate({ name: "claims" });
  const customerId = (await desk.person("tom")).id;
  const opened = { title: "Claims wrote", description: "", customerId, departmentId: department.id };
  const { id: ticketId } = await omar.tickets.open.mutate(opened);
  await sofia.erasures.request.mutate({ userId, email });
  await eraseAll();
  const ticket = await omar.tickets.get.query({ ticketId });
  expect(ticket.title).toBe("erased wrote");
  expect(ticket.timeline[0]!.changes["department"]!.to!.label).toBe("Claims");
  const [found] = await sql`select name, description from departments where id = ${department.id}`;
  expect(found).toEqual({ name: "Claims", description: "Ask erased." });
  expect((await sofia.tags.list.query({})).map(({ name }) => name)).toContain(tag.name);
});

test("however much somebody was told, no batch takes more of it than one statement can", async () => {
  const { sql } = desk;
  const { id: userId, organizationId } = await desk.person("carla");
  const all = async () => {
    const [{ count }] = await sql<[{ count: number }]>`
      select count(*)::int as count from notifications where user_id = ${userId}`;
    return count;
  };
  await sql`
    insert into notifications (organization_id, id, user_id, kind, created_at)
    select ${organizationId}, gen_random_uuid(), ${userId}, 'ticket_created', now() from generate_series(1, 4500)`;
  const before = await all();
  const { id: erasureId } = await request("sofia", "carla");
  const taken: number[] = [];
  for (let left = before; left > 0; left = await all()) {
    expect(await eraseSome(desk.server.resources)).toBe(1);
    taken.push(left - (await all()));
  }
  expect(Math.max(...taken)).toBeLessThan(4_500);
  await eraseAll();
  const { counts } = await (await as("sofia")).erasures.get.query({ erasureId });
  // With those of others that named her.
  expect(counts["notifications"]).toBeGreaterThanOrEqual(before);
});

test("jobs that have their address go, and those of a longer one stay", async () => {
  const { auth } = desk.server.client().api;
  const emails = ["lucas@portside.example", "paulucas@portside.example"];
  for (const email of emails) await auth.requestPasswordReset.mutate({ organization: "demo", email });
  const jobs = async () => {
    const rows = await desk.sql<{ email: string }[]>`
      select data ->> 'email' as email from pgboss.job where data ->> 'email' = any(${emails}) order by 1`;
    return rows.map(({ email }) => email);
  };
  expect(await jobs()).toEqual(emails);
  await request("sofia", "lucas");
  await eraseAll();
  expect(await jobs()).toEqual(emails.slice(1));
});

test("nobody erases themselves, somebody by another address, or somebody twice", async () => {
  expect(await outcome(() => request("sofia", "sofia"))).toBe("user.is_self");
  const { erasures } = await as("sofia");
  const { id: userId } = await desk.person("tom");
  expect(await outcome(() => erasures.request.mutate({ userId, email: "tim@tallpines.example" }))).toBe(
    "erasure.address_mismatch",
  );
  expect((await (await as("sofia")).users.get.query({ userId })).deactivatedAt).toBeNull();
  expect(await outcome(() => request("sofia", "tom"))).toBe("ok");
  expect(await outcome(() => request("sofia", "tom"))).toBe("erasure.already_requested");
});

test("the last super admin stays, whatever a role of one's own making allows", async () => {
  const { sql } = desk;
  const { id: sofiaId, organizationId, email } = await desk.person("sofia");
  const roleId = randomUUID();
  await sql`
    insert into roles (organization_id, id, key, name, permissions, created_at, updated_at)
    values (${organizationId}, ${roleId}, 'all', 'All', ${[...permissions]}, now(), now())`;
  await sql`update users set role_id = ${roleId} where id = ${(await desk.person("omar")).id}`;
  const erase = async () =>
    outcome(async () => (await as("omar")).erasures.request.mutate({ userId: sofiaId, email }));
  await expect.poll(erase, { timeout: 5_000 }).toBe("erasure.last_super_admin");
  await sql`
    update users set role_id = (select role_id from users where id = ${sofiaId})
    where id = ${(await desk.person("petra")).id}`;
  expect(await erase()).toBe("ok");
});
