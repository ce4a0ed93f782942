import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;
let sofia: HelpdeskApi, omar: HelpdeskApi, petra: HelpdeskApi, devon: HelpdeskApi, nora: HelpdeskApi;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, omar, petra, devon, nora] = [
    await api("sofia"),
    await api("omar"),
    await api("petra"),
    await api("devon"),
    await api("nora"),
  ];
});
afterAll(() => server[Symbol.asyncDispose]());

/** Rules and rights may be a second old. */
const forget = () => (laterMs += 1_000);

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

async function person(email: string) {
  const { items } = await sofia.users.list.query({ search: email });
  return items[0]!;
}

test("a department is made, changed, closed and opened again by those who manage them", async () => {
  const { id: managerId } = await person("marcus@");
  const made = await omar.departments.create.mutate({ name: "Returns", managerId });
  expect(made).toMatchObject({ name: "Returns", manager: { id: managerId }, members: [], version: 1 });
  const departmentId = made.id;

  expect(await refusalOf(omar.departments.create.mutate({ name: "Returns" }))).toEqual({
    code: "department.name_taken",
  });
  const changed = await omar.departments.update.mutate({ departmentId, version: 1, description: "Parcels" });
  expect(changed).toEqual({ ...made, description: "Parcels", version: 2 });
  expect(await refusalOf(omar.departments.update.mutate({ departmentId, version: 1, name: "Late" }))).toEqual(
    {
      code: "version.conflict",
      version: 2,
    },
  );

  forget();
  expect(await nora.departments.list.query()).toContainEqual({ id: departmentId, name: "Returns" });
  const archived = await omar.departments.archive.mutate({ departmentId, version: 2 });
  expect(archived.archivedAt).not.toBeNull();
  forget();
  expect(await nora.departments.list.query()).not.toContainEqual({ id: departmentId, name: "Returns" });
  expect(await omar.departments.listArchived.query()).toEqual([{ id: departmentId, name: "Returns" }]);
  const gone = { code: "department.not_found" };
  expect(await refusalOf(nora.tickets.open.mutate({ title: "Back", description: "", departmentId }))).toEqual(
    gone,
  );
  expect(
    await refusalOf(omar.departments.setMembers.mutate({ departmentId, version: 3, userIds: [] })),
  ).toEqual(gone);

  const restored = await omar.departments.restore.mutate({ departmentId, version: 3 });
  expect(restored).toMatchObject({ archivedAt: null, version: 4 });
  forget();
  expect(await refusalOf(nora.tickets.open.mutate({ title: "Back", description: "", departmentId }))).toBe(
    "ok",
  );
});

test("its members are chosen by its manager too, and see and hear of its tickets from then on", async () => {
  const [lead, agent] = [await person("petra@"), await person("devon@")];
  const made = await omar.departments.create.mutate({ name: "Repairs", managerId: lead.id });
  const departmentId = made.id;
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Dropped", description: "" });
  const { version } = await omar.tickets.get.query({ ticketId });
  forget();
  await omar.tickets.setDepartment.mutate({ ticketId, version, departmentId });
  expect(await refusalOf(devon.tickets.get.query({ ticketId }))).toEqual({ code: "ticket.not_found" });

  const input = { departmentId, version: 1, userIds: [agent.id, agent.id] };
  expect(await refusalOf(devon.departments.setMembers.mutate(input))).toMatchObject({
    code: "permission.denied",
  });
  const other = await omar.departments.create.mutate({ name: "Not hers" });
  expect(
    await refusalOf(petra.departments.setMembers.mutate({ ...input, departmentId: other.id })),
  ).toMatchObject({ code: "permission.denied" });
  const chosen = await petra.departments.setMembers.mutate(input);
  expect(chosen.members).toEqual([{ id: agent.id, name: agent.name }]);
  expect(chosen.version).toBe(2);
  expect((await sofia.users.get.query({ userId: agent.id })).departments).toContainEqual({
    id: departmentId,
    name: "Repairs",
  });

  forget();
  expect(await refusalOf(devon.tickets.get.query({ ticketId }))).toBe("ok");
  await nora.tickets.open.mutate({ title: "Cracked", description: "", departmentId });
  const { items } = await devon.notifications.list.query({});
  expect(items[0]).toMatchObject({ kind: "ticket_created", ticket: { title: "Cracked" } });

  const without = await petra.departments.setMembers.mutate({ departmentId, version: 2, userIds: [] });
  expect(without.members).toEqual([]);
  forget();
  expect(await refusalOf(devon.tickets.get.query({ ticketId }))).toEqual({ code: "ticket.not_found" });
});

test("members and managers are active people who see departments' tickets, and nobody else", async () => {
  const [agent, customer] = [await person("carla@"), await person("nora@")];
  const { id: departmentId } = await omar.departments.create.mutate({ name: "Eligible" });
  const choose = (version: number, ...userIds: string[]) =>
    refusalOf(omar.departments.setMembers.mutate({ departmentId, version, userIds }));
  const refused = (...userIds: string[]) => ({ code: "department.member_not_eligible", userIds });
  const nobody = "01890000-0000-7000-8000-000000000000";
  expect(await choose(1, agent.id, customer.id)).toEqual(refused(customer.id));
  expect(await choose(1, nobody)).toEqual(refused(nobody));
  expect(await choose(1, agent.id)).toBe("ok");
  const lead = (version: number, managerId: string) =>
    refusalOf(omar.departments.update.mutate({ departmentId, version, managerId }));
  expect(await lead(2, customer.id)).toEqual(refused(customer.id));
  expect(await lead(2, agent.id)).toBe("ok");

  await omar.users.deactivate.mutate({ userId: agent.id, version: agent.version });
  expect((await omar.departments.get.query({ departmentId })).members).toEqual([]);
  expect(await choose(3, agent.id)).toEqual(refused(agent.id));
});
