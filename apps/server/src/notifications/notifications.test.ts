import type { HelpdeskApi } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;
let sofia: HelpdeskApi, tom: HelpdeskApi, nora: HelpdeskApi;
let support: string;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, tom, nora] = [await api("sofia"), await api("tom"), await api("nora")];
  const departments = await sofia.departments.list.query();
  support = departments.find(({ name }) => name === "Technical support")!.id;
});
afterAll(() => server[Symbol.asyncDispose]());

const forget = () => (laterMs += 1_000);

async function person(email: string) {
  const { items } = await sofia.users.list.query({ search: email });
  return items[0]!;
}

const openBy = (api: HelpdeskApi, title: string) =>
  api.tickets.open.mutate({ title, description: "", departmentId: support });

/** Who was told of a ticket, by what comes before the @. */
async function toldOf(ticketId: string): Promise<string[]> {
  const rows = await server.resources.sql<{ name: string }[]>`
    select split_part(email, '@', 1) as name from notifications n join users u on u.id = n.user_id
    where ticket_id = ${ticketId} order by 1`;
  return rows.map(({ name }) => name);
}

test("a customer who is a member of a department is told of none of its tickets; its agents are", async () => {
  const { sql } = server.resources;
  const member = (email: string) => sql`
    insert into department_members (organization_id, department_id, user_id)
    select organization_id, ${support}, id from users where email like ${email} on conflict do nothing`;
  await member("nora@%");
  forget();
  const { id } = await openBy(tom, "The vault does not open");
  expect(await toldOf(id)).toEqual(["ben", "devon", "petra", "yuki"]);
});

test("who is put out or becomes a customer is told no more, be they member or manager", async () => {
  const [ben, petra] = [await person("ben@"), await person("petra@")];
  const customer = await sofia.users.setRole.mutate({
    userId: ben.id,
    version: ben.version,
    roleKey: "customer",
  });
  const out = await sofia.users.deactivate.mutate({ userId: petra.id, version: petra.version });
  forget();
  expect(await toldOf((await openBy(tom, "Again")).id)).toEqual(["devon", "yuki"]);
  await sofia.users.setRole.mutate({ userId: ben.id, version: customer.version, roleKey: "agent" });
  await sofia.users.reactivate.mutate({ userId: petra.id, version: out.version });
  forget();
  expect(await toldOf((await openBy(tom, "And again")).id)).toEqual(["ben", "devon", "petra", "yuki"]);
});

test("a list of notifications names a ticket only to who still sees it", async () => {
  const { id: ticketId } = await openBy(tom, "A private matter");
  const yuki = (await server.as("yuki")).api;
  const list = async (api: HelpdeskApi) => (await api.notifications.list.query({ limit: 100 })).items;
  const latest = async (api: HelpdeskApi) => (await list(api))[0]!;
  const told = await latest(yuki);
  const again = async () => (await list(yuki)).find(({ id }) => id === told.id)!;
  expect(told).toMatchObject({ kind: "ticket_created", ticket: { id: ticketId, title: "A private matter" } });

  const { id: userId, version } = await person("yuki@");
  const changed = await sofia.users.setRole.mutate({ userId, version, roleKey: "customer" });
  forget();
  expect(await again()).toEqual({ ...told, ticket: null });
  expect((await list(yuki)).filter(({ ticket }) => ticket !== null)).toEqual([]);

  await sofia.users.setRole.mutate({ userId, version: changed.version, roleKey: "agent" });
  forget();
  expect(await again()).toEqual(told);
  await sofia.tickets.reply.mutate({ ticketId, body: "We look into it." });
  expect((await latest(tom)).ticket).toMatchObject({ id: ticketId, title: "A private matter" });
  expect((await latest(nora)).ticket?.id).not.toBe(ticketId);
});
