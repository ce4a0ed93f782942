import type { HelpdeskApi } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reading } from "../realtime/reading.fixtures.ts";
import type { ViewChange } from "./on-change.ts";

let server: TestServer;
let sofia: HelpdeskApi, nora: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  sofia = (await server.as("sofia")).api;
  nora = (await server.as("nora")).api;
});
afterAll(() => server[Symbol.asyncDispose]());

const live = (api: HelpdeskApi, lastEventId?: string) =>
  reading<ViewChange>((handlers) =>
    api.views.onChange.subscribe({ viewId: "all_open", lastEventId }, handlers),
  );
const open = () => nora.tickets.open.mutate({ title: "Live", description: "" });

test("a stream that is taken up where another process was ahead tells nothing twice", async () => {
  const reader = live(sofia);
  await reader.until(({ length }) => length === 1);
  for (let turn = 0; turn < 10; turn++) {
    const { id } = await open();
    // What a process that looks later than this one has told already.
    const [now] = await server.resources.sql<{ moment: string }[]>`
      select pg_current_snapshot()::text as moment`;
    const resumed = live(sofia, now!.moment);
    await resumed.until(({ length }) => length > 0);
    const after = await open();
    const seen = await resumed.until((all) =>
      all.some(({ changed }) => changed.some((row) => row.id === after.id)),
    );
    const told = seen.flatMap(({ changed }) => changed.map((row) => row.id));
    expect(told).toEqual([after.id]);
    expect(told).not.toContain(id);
    resumed.stop();
  }
  reader.stop();
});

test("a role that allows another sight resets the view's stream of who has it", async () => {
  const role = await sofia.roles.create.mutate({
    key: "seer",
    name: "Seer",
    permissions: ["ticket.note", "ticket.read_organization"],
  });
  const { items } = await sofia.users.list.query({ limit: 100 });
  const yuki = items.find(({ email }) => email.startsWith("yuki@"))!;
  await sofia.users.setRole.mutate({ userId: yuki.id, roleId: role.id, version: yuki.version });
  const stream = live((await server.as("yuki")).api);
  await stream.until(({ length }) => length === 1);
  await sofia.roles.update.mutate({
    roleId: role.id,
    name: "Seer",
    permissions: ["ticket.note", "ticket.read_departments"],
    version: role.version,
  });
  await open();
  const told = await stream.until((all) => all.some(({ isReset }) => isReset));
  expect(told[0]!.isReset).toBe(false);
  stream.stop();
});
