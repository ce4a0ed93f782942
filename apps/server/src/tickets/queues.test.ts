import type { HelpdeskApi } from "@helpdesk/client";
import { type AssignmentStrategy, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { refusalOf } from "./merging.fixtures.ts";
import { tendQueues } from "./tend-queues.ts";

let server: TestServer;
let laterMs = 0;
let sofia: HelpdeskApi, ben: HelpdeskApi, yuki: HelpdeskApi, nora: HelpdeskApi;
let yukiId: string, benId: string;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, ben, yuki, nora] = [await api("sofia"), await api("ben"), await api("yuki"), await api("nora")];
  const person = async (search: string) => (await sofia.users.list.query({ search })).items[0]!.id;
  [yukiId, benId] = [await person("yuki@"), await person("ben@")];
});
afterAll(() => server[Symbol.asyncDispose]());

/** Rules may be a second old. */
const forget = () => (laterMs += 1_000);
const tend = () => tendQueues(server.resources);
const open = (departmentId: string, by = nora) =>
  by.tickets.open.mutate({ title: "Who takes it", description: "", departmentId });

let made = 0;

async function team(assignment: AssignmentStrategy, userIds: string[], capacity: number | null = null) {
  const name = `Queue ${++made}`;
  const { id: departmentId, version } = await sofia.departments.create.mutate({ name, assignment, capacity });
  const members = await sofia.departments.setMembers.mutate({ departmentId, version, userIds });
  forget();
  return { departmentId, version: members.version };
}

test("tickets that nobody free can be given hold up no others: their own customer's, however many", async () => {
  const { departmentId, version } = await team("round_robin", [yukiId, benId], 0);
  const own = await Promise.all(Array.from({ length: 25 }, () => open(departmentId, yuki)));
  const { id: ticketId } = await open(departmentId);
  await sofia.departments.setMemberCapacity.mutate({ departmentId, version, userId: yukiId, capacity: 50 });
  forget();
  expect(await tend()).toBe(1);
  expect((await sofia.tickets.get.query({ ticketId })).assignee?.id).toBe(yukiId);
  expect(await tend()).toBe(0);
  await sofia.departments.setMemberCapacity.mutate({
    departmentId,
    version: version + 1,
    userId: benId,
    capacity: 50,
  });
  expect([await tend(), await tend()]).toEqual([20, 5]);
  const first = await sofia.tickets.get.query({ ticketId: own[0]!.id });
  expect(first.assignee?.id).toBe(benId);
});

test("what a manager takes from somebody, or they let go of, goes to another and not straight back, until it is routed anew", async () => {
  const { departmentId, version } = await team("least_loaded", [yukiId]);
  const { id: ticketId } = await open(departmentId);
  const read = () => sofia.tickets.get.query({ ticketId });
  await sofia.tickets.assign.mutate({ ticketId, version: (await read()).version, assigneeId: null });
  expect(await tend()).toBe(0);
  await sofia.departments.setMembers.mutate({ departmentId, version, userIds: [yukiId, benId] });
  forget();
  expect(await tend()).toBe(1);
  expect((await read()).assignee?.id).toBe(benId);
  const stolen = yuki.tickets.release.mutate({ ticketId, version: (await read()).version });
  expect(await refusalOf(stolen)).toEqual({ code: "ticket.already_assigned", assigneeId: benId });
  const released = await ben.tickets.release.mutate({ ticketId, version: (await read()).version });
  expect(released.assignee).toBeNull();
  expect(await tend()).toBe(1);
  expect((await read()).assignee?.id).toBe(yukiId);

  await yuki.tickets.release.mutate({ ticketId, version: (await read()).version });
  const nowhere = await sofia.tickets.setDepartment.mutate({
    ticketId,
    version: (await read()).version,
    departmentId: null,
  });
  await ben.users.setAvailability.mutate({ isAvailable: false });
  const back = await sofia.tickets.setDepartment.mutate({ ticketId, version: nowhere.version, departmentId });
  expect(back.assignee?.id).toBe(yukiId);
  await ben.users.setAvailability.mutate({ isAvailable: true });
});
