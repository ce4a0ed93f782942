import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type AssignmentStrategy, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { keepTending, tendQueues } from "./tend-queues.ts";

let server: TestServer;
let laterMs = 0;
let sofia: HelpdeskApi, ben: HelpdeskApi, petra: HelpdeskApi, yuki: HelpdeskApi, nora: HelpdeskApi;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, ben, petra] = [await api("sofia"), await api("ben"), await api("petra")];
  [yuki, nora] = [await api("yuki"), await api("nora")];
});
afterAll(() => server[Symbol.asyncDispose]());

/** Rules and rights may be a second old. */
const forget = () => (laterMs += 1_000);
const tend = () => tendQueues(server.resources);
const person = async (email: string) => (await sofia.users.list.query({ search: email })).items[0]!;

let made = 0;

/** A department with so many new agents, or with these people. */
async function team(
  assignment: AssignmentStrategy,
  { capacity = null as number | null, size = 0, userIds = [] as string[] },
) {
  const { id, version } = await sofia.departments.create.mutate({
    name: `Team ${++made}`,
    assignment,
    capacity,
  });
  for (let i = 1; i <= size; i++) {
    const agent = await sofia.users.invite.mutate({
      email: `agent${i}@team${made}.example`,
      name: `Agent ${made}.${i}`,
      roleKey: "agent",
    });
    userIds.push(agent.id);
  }
  const members = await sofia.departments.setMembers.mutate({ departmentId: id, version, userIds });
  forget();
  return { departmentId: id, version: members.version, userIds };
}

const open = (departmentId: string, by = nora, priority: "medium" | "urgent" = "medium") =>
  by.tickets.open.mutate({ title: "Who takes it", description: "", departmentId, priority });

const times = <T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

/** How many open tickets each member has, the fewest first. */
async function loads(departmentId: string): Promise<number[]> {
  const { members } = await sofia.departments.workload.query({ departmentId });
  return members.map(({ openTickets }) => openTickets).toSorted((a, b) => a - b);
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

test.for(["round_robin", "least_loaded"] as const)(
  "by %s 200 tickets opened at once into a department of five with a capacity of ten: ten each, and 150 wait",
  async (assignment) => {
    const { departmentId } = await team(assignment, { capacity: 10, size: 5 });
    const opened = await times(200, (i) => open(departmentId, [nora, ben, petra][i % 3]));
    expect(opened.filter(({ assignee }) => assignee !== null)).toHaveLength(50);
    expect(await loads(departmentId)).toEqual([10, 10, 10, 10, 10]);
    expect((await sofia.departments.workload.query({ departmentId })).queued).toBe(150);
    expect(await Promise.all([tend(), tend()])).toEqual([0, 0]);
  },
);

test.for(["round_robin", "least_loaded"] as const)(
  "by %s tickets opened at once are shared out evenly, within one",
  async (assignment) => {
    const { departmentId } = await team(assignment, { size: 3 });
    await times(50, () => open(departmentId));
    expect(await loads(departmentId)).toEqual([16, 17, 17]);
  },
);

test("who is given a ticket is told by the product, and the strategy stands in its history", async () => {
  const { id } = await person("yuki@");
  const { departmentId } = await team("least_loaded", { userIds: [id] });
  const ticket = await open(departmentId);
  expect(ticket).toMatchObject({ assignee: { id }, version: 2, allowed: [] });
  const { timeline } = await sofia.tickets.get.query({ ticketId: ticket.id });
  expect(timeline.at(-1)).toMatchObject({
    kind: "assignee_changed",
    actor: null,
    changes: { assignee: { to: { id } }, strategy: { to: { id: "least_loaded", label: "Least loaded" } } },
  });
  const { items } = await yuki.notifications.list.query({});
  expect(items.find(({ ticket: of }) => of?.id === ticket.id && true)).toMatchObject({
    kind: "ticket_assigned",
    actor: null,
  });
});

test("a ticket moved to the department is given out too, one that has somebody stays with them, and a department by hand gives nothing", async () => {
  const [{ id: yukiId }, { id: devonId }] = [await person("yuki@"), await person("devon@")];
  const { departmentId } = await team("round_robin", { userIds: [yukiId, devonId] });
  const byHand = await team("manual", { userIds: [yukiId] });
  const ticket = await open(byHand.departmentId);
  expect(ticket.assignee).toBeNull();
  const moved = await sofia.tickets.setDepartment.mutate({ ticketId: ticket.id, version: 1, departmentId });
  expect(moved.assignee).not.toBeNull();
  expect(moved.allowed.length).toBeGreaterThan(0);
  const own = await open(byHand.departmentId);
  await sofia.tickets.assign.mutate({ ticketId: own.id, version: 1, assigneeId: yukiId });
  for (let i = 0; i < 2; i++) await open(departmentId);
  const kept = await sofia.tickets.setDepartment.mutate({ ticketId: own.id, version: 2, departmentId });
  expect(kept).toMatchObject({ assignee: { id: yukiId }, version: 3 });
});

test("what waits is given out when somebody has room again: the most urgent first, then the oldest", async () => {
  const { departmentId, userIds } = await team("round_robin", { capacity: 1, size: 1 });
  const first = await open(departmentId);
  const oldest = await open(departmentId);
  const urgent = await open(departmentId, nora, "urgent");
  const youngest = await open(departmentId);
  expect(first.assignee?.id).toBe(userIds[0]);
  expect([oldest, urgent, youngest].map(({ assignee }) => assignee)).toEqual([null, null, null]);
  expect(await tend()).toBe(0);
  const order: string[] = [];
  let { id: ticketId, version } = first;
  for (let i = 0; i < 3; i++) {
    await sofia.tickets.setStatus.mutate({ ticketId, version, status: "resolved" });
    const late = i === 0 ? await open(departmentId) : null;
    expect(late?.assignee ?? null).toBeNull();
    expect(await tend()).toBe(1);
    const { items } = await sofia.tickets.list.query({ assignees: [userIds[0]!], isOpen: true });
    expect(items).toHaveLength(1);
    ({ id: ticketId, version } = items[0]!);
    order.push(ticketId);
  }
  expect(order).toEqual([urgent.id, oldest.id, youngest.id]);
});

test("two workers at once fill everybody to their capacity and nobody above it", async () => {
  const { departmentId, userIds, version } = await team("least_loaded", { capacity: 0, size: 4 });
  await times(60, () => open(departmentId));
  await sofia.departments.setMemberCapacity.mutate({
    departmentId,
    version,
    userId: userIds[0]!,
    capacity: 12,
  });
  await sofia.departments.update.mutate({ departmentId, version: version + 1, capacity: 9 });
  let given = 0;
  for (let looks = 0; looks < 20 && given < 39; looks++) {
    const both = await Promise.all([tend(), tend()]);
    given += both[0] + both[1];
  }
  expect(given).toBe(39);
  expect(await tend()).toBe(0);
  expect(await loads(departmentId)).toEqual([9, 9, 9, 12]);
});

test("a worker tends queues by itself until it is stopped", async () => {
  const { departmentId, userIds } = await team("round_robin", { capacity: 1, size: 1 });
  const [first, second] = [await open(departmentId), await open(departmentId)];
  const assigneeOf = async (ticketId: string) => (await sofia.tickets.get.query({ ticketId })).assignee?.id;
  const stop = keepTending(server.resources);
  await sofia.tickets.setStatus.mutate({ ticketId: first.id, version: 2, status: "resolved" });
  await vi.waitUntil(async () => (await assigneeOf(second.id)) === userIds[0]);
  await stop();
  const third = await open(departmentId);
  await sofia.tickets.setStatus.mutate({ ticketId: second.id, version: 2, status: "resolved" });
  expect(await assigneeOf(third.id)).toBeUndefined();
  expect(await tend()).toBe(1);
});

test("who is away is passed over and keeps what they have, and is given tickets again once back", async () => {
  const [{ id: yukiId }, { id: benId }] = [await person("yuki@"), await person("ben@")];
  const { departmentId } = await team("round_robin", { userIds: [yukiId, benId] });
  expect(await yuki.users.setAvailability.mutate({ isAvailable: false })).toMatchObject({
    isAvailable: false,
  });
  for (let i = 0; i < 3; i++) expect((await open(departmentId)).assignee?.id).toBe(benId);
  await ben.users.setAvailability.mutate({ isAvailable: false });
  const waiting = await open(departmentId);
  expect(waiting.assignee).toBeNull();
  expect(await tend()).toBe(0);
  await yuki.users.setAvailability.mutate({ isAvailable: true });
  expect(await tend()).toBe(1);
  expect((await sofia.tickets.get.query({ ticketId: waiting.id })).assignee?.id).toBe(yukiId);
  await ben.users.setAvailability.mutate({ isAvailable: true });
});

test("who leads a department says of its members that they are away, and of nobody else", async () => {
  const [yukiId, carlaId] = [(await person("yuki@")).id, (await person("carla@")).id];
  const away = (by: HelpdeskApi, userId: string) =>
    codeOf(by.users.setAvailability.mutate({ userId, isAvailable: false }));
  expect(await away(petra, yukiId)).toBe("ok");
  expect((await person("yuki@")).isAvailable).toBe(false);
  expect([await away(petra, carlaId), await away(ben, yukiId)]).toEqual([
    "permission.denied",
    "permission.denied",
  ]);
  expect((await person("carla@")).isAvailable).toBe(true);
  expect(await yuki.users.setAvailability.mutate({ isAvailable: true })).toMatchObject({ isAvailable: true });
});

test("by hand somebody may be given more than their capacity, and then gets no more by themselves", async () => {
  const { departmentId, userIds } = await team("round_robin", { capacity: 1, size: 2 });
  const full = await open(departmentId);
  const overfill = await sofia.tickets.open.mutate({ title: "By hand", description: "" });
  const assigneeId = full.assignee!.id;
  const assigned = await sofia.tickets.assign.mutate({ ticketId: overfill.id, version: 1, assigneeId });
  expect(assigned.assignee?.id).toBe(assigneeId);
  expect((await open(departmentId)).assignee?.id).toBe(userIds.find((id) => id !== assigneeId));
  expect((await open(departmentId)).assignee).toBeNull();
  expect(await loads(departmentId)).toEqual([1, 2]);
});

test("what is taken from somebody who is put out goes to the others", async () => {
  const { departmentId, userIds } = await team("round_robin", { size: 3 });
  await times(9, () => open(departmentId));
  const out = await sofia.users.get.query({ userId: userIds[0]! });
  await sofia.users.deactivate.mutate({ userId: out.id, version: out.version });
  expect(await tend()).toBe(3);
  const { members, queued } = await sofia.departments.workload.query({ departmentId });
  expect(queued).toBe(0);
  expect(new Set(members.map(({ openTickets }) => openTickets))).toEqual(new Set([4, 5]));
});

test("of opening, taking, handing out, putting out, choosing members and tending at once nobody meets a deadlock or a capacity that is passed", async () => {
  const { departmentId, userIds, version } = await team("least_loaded", { capacity: 5, size: 4 });
  const [, second, third] = userIds as [string, string, string];
  const out = await sofia.users.get.query({ userId: third });
  const loose = await times(10, () => sofia.tickets.open.mutate({ title: "Loose", description: "" }));
  const codes = await Promise.all([
    ...Array.from({ length: 40 }, () => codeOf(open(departmentId))),
    ...loose.map(({ id }, i) =>
      i % 2 === 0
        ? codeOf(sofia.tickets.setDepartment.mutate({ ticketId: id, version: 1, departmentId }))
        : codeOf(sofia.tickets.assign.mutate({ ticketId: id, version: 1, assigneeId: second })),
    ),
    codeOf(sofia.tickets.bulk.mutate({ ticketIds: loose.map(({ id }) => id), change: { priority: "high" } })),
    codeOf(sofia.users.deactivate.mutate({ userId: out.id, version: out.version })),
    codeOf(sofia.departments.setMembers.mutate({ departmentId, version, userIds })),
    codeOf(tend()),
    codeOf(tend()),
  ]);
  expect(
    codes.filter((code) => !["ok", "version.conflict", "department.member_not_eligible"].includes(code)),
  ).toEqual([]);
  while ((await tend()) > 0);
  const { members } = await sofia.departments.workload.query({ departmentId });
  const byItself = members.filter(({ id }) => id !== second).map(({ openTickets }) => openTickets);
  expect(byItself).toEqual([5, 5]);
});
