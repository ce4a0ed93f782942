import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, ben: HelpdeskApi, yuki: HelpdeskApi, carla: HelpdeskApi, petra: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, ben, yuki, carla, petra] = await Promise.all([
    api("nora"),
    api("ben"),
    api("yuki"),
    api("carla"),
    api("petra"),
  ]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

const open = (title: string) =>
  nora.tickets.open.mutate({ title, description: "Before", departmentId: ids["Technical support"] });

const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const lastOf = async (api: HelpdeskApi, ticketId: string) =>
  (await api.tickets.get.query({ ticketId })).timeline.at(-1)!;

const unread = async (api: HelpdeskApi, ticketId: string) =>
  (await api.notifications.list.query({ unreadOnly: true })).items
    .filter(({ ticket }) => ticket?.id === ticketId)
    .map(({ kind }) => kind);

let ticketId: string;
beforeEach(async () => {
  ticketId = (await open("Exports stop")).id;
});

describe("followers", () => {
  test("hear of replies and changes by others, and no more once they have left", async () => {
    const followed = await yuki.tickets.follow.mutate({ ticketId });
    expect(followed.version).toBe(1);
    expect(await yuki.tickets.follow.mutate({ ticketId })).toEqual(followed);
    expect((await ben.tickets.get.query({ ticketId })).followers).toEqual([
      { id: ids["yuki"], name: "Yuki Tanaka" },
    ]);
    await yuki.notifications.markAllRead.mutate();
    await ben.tickets.reply.mutate({ ticketId, body: "Hello" });
    await ben.tickets.setPriority.mutate({ ticketId, version: 1, priority: "low" });
    expect((await unread(yuki, ticketId)).toSorted()).toEqual(["comment_added", "ticket_updated"]);
    await yuki.tickets.unfollow.mutate({ ticketId });
    await yuki.notifications.markAllRead.mutate();
    await ben.tickets.setPriority.mutate({ ticketId, version: 2, priority: "high" });
    expect(await unread(yuki, ticketId)).toEqual([]);
  });

  test("and assignees hear nothing of notes as long as their role reads none", async () => {
    const { api: sofia } = await server.as("sofia");
    const permissions = ["ticket.read_organization", "ticket.follow", "ticket.take"] as const;
    const role = { key: "watcher", name: "Watcher", permissions: [...permissions] };
    const { id: roleId } = await sofia.roles.create.mutate(role);
    const agent = (await sofia.roles.list.query()).find(({ key }) => key === "agent")!;
    const become = async (to: string) => {
      const { items } = await sofia.users.list.query({ search: "devon@" });
      await sofia.users.setRole.mutate({ userId: ids["devon"]!, version: items[0]!.version, roleId: to });
      return (await server.as("devon")).api;
    };
    const second = await open("Exports stop again");
    let watcher = await become(roleId);
    await watcher.tickets.follow.mutate({ ticketId });
    await watcher.tickets.take.mutate({ ticketId: second.id });
    await watcher.notifications.markAllRead.mutate();
    for (const id of [ticketId, second.id]) await ben.tickets.addNote.mutate({ ticketId: id, body: "Psst" });
    expect([await unread(watcher, ticketId), await unread(watcher, second.id)]).toEqual([[], []]);
    for (const id of [ticketId, second.id]) await ben.tickets.reply.mutate({ ticketId: id, body: "Hello" });
    expect([await unread(watcher, ticketId), await unread(watcher, second.id)]).toEqual([
      ["comment_added"],
      ["comment_added"],
    ]);

    watcher = await become(agent.id);
    await petra.tickets.setDepartment.mutate({ ticketId, version: 1, departmentId: null });
    await watcher.notifications.markAllRead.mutate();
    await ben.tickets.addNote.mutate({ ticketId, body: "For the desk" });
    expect(await unread(watcher, ticketId)).toEqual(["comment_added"]);
  });

  test("are set for others, who are told; who cannot see the ticket cannot be set", async () => {
    const set = (add: string[]) => ben.tickets.setFollowers.mutate({ ticketId, add });
    await yuki.notifications.markAllRead.mutate();
    await set([ids["yuki"]!]);
    expect(await unread(yuki, ticketId)).toEqual(["ticket_updated"]);
    for (const name of ["carla", "nora", "erik"]) {
      expect(await refusalOf(set([ids["yuki"]!, ids[name]!]))).toEqual({
        code: "follower.not_eligible",
        userIds: [ids[name]],
      });
    }
    expect((await lastOf(ben, ticketId)).changes["followers"]).toEqual({
      from: null,
      to: { id: ids["yuki"], label: "Yuki Tanaka" },
    });
    expect(JSON.stringify(await nora.tickets.get.query({ ticketId }))).not.toContain("Tanaka");
  });

  test("are added to and taken from those there are: who begins meanwhile is not lost", async () => {
    const set = (change: { add?: string[]; remove?: string[] }) =>
      ben.tickets.setFollowers.mutate({ ticketId, ...change });
    const followers = async () =>
      (await ben.tickets.get.query({ ticketId })).followers.map(({ id }) => id).toSorted();
    const [seen, late, wanted] = [ids["petra"]!, ids["yuki"]!, ids["omar"]!];
    await set({ add: [seen] });
    await yuki.tickets.follow.mutate({ ticketId });
    await set({ add: [wanted], remove: [seen] });
    expect(await followers()).toEqual([late, wanted].toSorted());
    await set({ add: [late], remove: [late] });
    expect(await followers()).toEqual([late, wanted].toSorted());
    await Promise.all([set({ remove: [late] }), set({ add: [seen] }), set({ remove: [wanted] })]);
    expect(await followers()).toEqual([seen]);
  });

  test("that lost sight of the ticket are told no more, and told again once they see it", async () => {
    await yuki.tickets.follow.mutate({ ticketId });
    await petra.tickets.setDepartment.mutate({
      ticketId,
      version: 1,
      departmentId: ids["Billing and accounts"]!,
    });
    await yuki.notifications.markAllRead.mutate();
    await carla.tickets.setPriority.mutate({ ticketId, version: 2, priority: "low" });
    expect(await unread(yuki, ticketId)).toEqual([]);
    await carla.tickets.setDepartment.mutate({ ticketId, version: 3, departmentId: null });
    await carla.tickets.setPriority.mutate({ ticketId, version: 4, priority: "high" });
    expect(await unread(yuki, ticketId)).toContain("ticket_updated");
  });
});
