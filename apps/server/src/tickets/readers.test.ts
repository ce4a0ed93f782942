import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import type { Permission } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
let sofia: HelpdeskApi;
const own: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  sofia = (await server.as("sofia")).api;
  for (const name of ["lucas", "tom"]) {
    const { api } = await server.as(name);
    own[name] = (
      await api.tickets.open.mutate({ title: "Mine", description: "", departmentId: await billing() })
    ).id;
  }
});
afterAll(() => server[Symbol.asyncDispose]());

const billing = async () =>
  (await sofia.departments.list.query()).find(({ name }) => name === "Billing and accounts")!.id;

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

/** Lucas, signed in anew with a role that allows just this. */
async function lucasWith(...permissions: Permission[]): Promise<HelpdeskApi> {
  const role = await sofia.roles.create.mutate({
    key: `only_${permissions.join("_").replaceAll(".", "_")}`,
    name: "Narrow",
    permissions,
  });
  const { items } = await sofia.users.list.query({ search: "lucas@" });
  const { id: userId, version } = items[0]!;
  await sofia.users.setRole.mutate({ userId, version, roleId: role.id });
  const client = server.client();
  await client.signIn({ organization: "demo", email: "lucas@portside.example", password: "Demo-pass-2026!" });
  return client.api;
}

const reads = async (api: HelpdeskApi, ticketId: string) => [
  await codeOf(api.tickets.get.query({ ticketId })),
  await codeOf(api.tickets.timeline.query({ ticketId })),
  (await codeOf(api.tickets.list.query({}))) === "ok"
    ? (await api.tickets.list.query({ limit: 100 })).items.some(({ id }) => id === ticketId)
    : "no list",
];

const SEEN = ["ok", "ok", true];
const UNSEEN = ["ticket.not_found", "ticket.not_found", false];

test("any one of the permissions to see tickets is enough to read those it is about, and none is too few", async () => {
  const everything = await lucasWith("ticket.read_organization");
  expect(await reads(everything, own["tom"]!)).toEqual(SEEN);
  expect(await reads(everything, own["lucas"]!)).toEqual(SEEN);
  expect(await codeOf(everything.tickets.reply.mutate({ ticketId: own["tom"]!, body: "No" }))).toBe(
    "permission.denied",
  );

  const departments = await lucasWith("ticket.read_departments");
  expect(await reads(departments, own["tom"]!)).toEqual(UNSEEN);
  expect(await reads(departments, own["lucas"]!)).toEqual(SEEN);

  const ownOnly = await lucasWith("ticket.read_own");
  expect(await reads(ownOnly, own["tom"]!)).toEqual(UNSEEN);
  expect(await reads(ownOnly, own["lucas"]!)).toEqual(SEEN);

  const nothing = await lucasWith("ticket.open");
  expect(await reads(nothing, own["lucas"]!)).toEqual(["permission.denied", "permission.denied", "no list"]);
});
