import { type HelpdeskClient, createHelpdeskClient, isRefusal } from "@helpdesk/client";
import { demoAccounts } from "@helpdesk/db";
import { buildApp, openResources, readEnv, systemRuntime } from "@helpdesk/server";
import { startServer, withoutLimits } from "@helpdesk/testing/server";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";

/** A second API process on the database of the first, whose clock stands still: what it knows gets no older. */
async function another(databaseUrl: string) {
  const now = systemRuntime.now();
  const env = readEnv({
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "error",
    NODE_ENV: "test",
    ...withoutLimits,
  });
  const resources = await openResources(env, "test", { ...systemRuntime, now: () => now });
  const app = await buildApp(resources);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const client = createHelpdeskClient({
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
  });
  return {
    client,
    async [Symbol.asyncDispose]() {
      await app.close();
      await resources.close();
    },
  };
}

const signIn = async (client: HelpdeskClient, name: string) => {
  const { organization, email, password } = demoAccounts.find((each) => each.email.startsWith(`${name}@`))!;
  await client.signIn({ organization, email, password });
  return client.api;
};

test("what one process has just been taught, another reads and works with, though its rules are older", async () => {
  await using server = await startServer();
  await using second = await another(server.database.url);
  const sofia = (await server.as("sofia")).api;
  const here = (await server.as("ben")).api;
  const there = await signIn(second.client, "ben");
  expect((await there.tickets.list.query({ limit: 1 })).items).toHaveLength(1);

  const { version, statuses } = await sofia.statuses.list.query();
  const graph = statuses.map(({ isResolved: _isResolved, ...status }) =>
    status.key === "open" ? { ...status, next: [...status.next, "on_hold"] } : status,
  );
  const onHold = { name: "On hold", category: "waiting", color: "#112233", isDefault: false } as const;
  await sofia.statuses.save.mutate({
    version,
    statuses: [...graph, { ...onHold, key: "on_hold", next: ["in_progress", "resolved"] }],
  });
  await expect
    .poll(async () => (await here.tickets.open.mutate({ title: "New", description: "" })).allowed, {
      timeout: 10_000,
    })
    .toContain("on_hold");
  const nora = (await server.as("nora")).api;
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Held", description: "" });
  await here.tickets.setStatus.mutate({ ticketId, version: 1, status: "on_hold" });

  const noted = there.tickets.addNote.mutate({ ticketId, body: "On hold since just now." });
  expect(await noted).toMatchObject({ status: "on_hold", allowed: ["in_progress", "resolved"] });
  const { timeline } = await here.tickets.get.query({ ticketId });
  expect(timeline.filter(({ kind }) => kind === "note_added")).toHaveLength(1);
  expect((await there.tickets.get.query({ ticketId })).status).toBe("on_hold");

  const { id: departmentId } = await sofia.departments.create.mutate({ name: "Just made" });
  const routed = await there.tickets.open.mutate({ title: "Routed", description: "", departmentId });
  expect(routed.department).toEqual({ id: departmentId, name: "Just made" });
  const nowhere = await there.tickets.open
    .mutate({ title: "No", description: "", departmentId: ticketId })
    .catch((error: unknown) => error);
  expect(isRefusal(nowhere, "department.not_found")).toBe(true);
});
