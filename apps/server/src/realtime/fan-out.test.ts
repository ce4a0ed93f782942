import type { AddressInfo } from "node:net";
import { type HelpdeskApi, createHelpdeskClient } from "@helpdesk/client";
import { demoAccounts } from "@helpdesk/db";
import { kindsForCustomers } from "@helpdesk/domain";
import { type TestServer, inParallel, startServer } from "@helpdesk/testing/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApp } from "../app.ts";
import { openResources } from "../resources.ts";
import type { TicketChange } from "../tickets/on-change.ts";
import { type Reading, reading } from "./reading.fixtures.ts";

/** A second process of the same database, that can be closed and opened again at the same address. */
class Second {
  port = 0;
  #app!: FastifyInstance;
  #resources!: Awaited<ReturnType<typeof openResources>>;

  async open(env: TestServer["resources"]["env"]): Promise<void> {
    this.#resources = await openResources(env, "second");
    this.#app = await buildApp(this.#resources);
    await this.#app.listen({ host: "127.0.0.1", port: this.port });
    this.port = (this.#app.server.address() as AddressInfo).port;
  }

  get connections() {
    return this.#resources.sql;
  }

  async close(): Promise<void> {
    await this.#app.close();
    await this.#resources.close();
  }
}

let first: TestServer;
const second = new Second();

beforeAll(async () => {
  first = await startServer();
  await second.open(first.resources.env);
});
afterAll(async () => {
  await second.close();
  await first[Symbol.asyncDispose]();
});

async function clientOf(url: string, name: string): Promise<HelpdeskApi> {
  const { organization, email, password } = demoAccounts.find((each) => each.email.startsWith(`${name}@`))!;
  const client = createHelpdeskClient({ url });
  await client.signIn({ organization, email, password });
  return client.api;
}

const idsOf = (stream: Reading<TicketChange>) =>
  stream.messages.flatMap(({ data }) => data.entries.map(({ id }) => id));

test("twenty streams on two processes have every entry they may see once and in order, though one process is replaced and connections to the database are cut", async () => {
  const names = ["ben", "omar", "sofia", "nora"];
  const urls = [first.url, `http://127.0.0.1:${second.port}`];
  const apis = await Promise.all(urls.map((url) => Promise.all(names.map((name) => clientOf(url, name)))));
  const [ben, , , nora] = apis[0]!;
  const departments = await nora!.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const tickets = await Promise.all(
    [1, 2].map((n) => nora!.tickets.open.mutate({ title: `Live ${n}`, description: "", departmentId })),
  );
  const streams = Array.from({ length: 20 }, (_, i) => {
    const name = names[i % names.length]!;
    const ticketId = tickets[(i >> 3) % 2]!.id;
    const api = apis[(i >> 2) & 1]![i % names.length]!;
    const stream = reading<TicketChange>((handlers) =>
      api.tickets.onChange.subscribe({ ticketId }, handlers),
    );
    return { stream, name, ticketId };
  });
  await Promise.all(streams.map(({ stream }) => stream.until(({ length }) => length > 0)));

  let written = 0;
  let replaced = Promise.resolve();
  await inParallel(
    6,
    Array.from({ length: 300 }, (_, i) => i),
    async (i) => {
      const { id: ticketId } = tickets[i % 2]!;
      if (i % 3 === 0) await ben!.tickets.addNote.mutate({ ticketId, body: `Note ${i}` });
      else await nora!.tickets.reply.mutate({ ticketId, body: `Reply ${i}` });
      written++;
      if (written === 100) replaced = second.close().then(() => second.open(first.resources.env));
      if (written === 200)
        await first.resources.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'helpdesk-realtime' and datname = current_database()`;
    },
  );
  await replaced;

  const rows = await first.resources.sql<{ id: string; ticketId: string; kind: string }[]>`
    select id, ticket_id as "ticketId", kind from ticket_history
    where ticket_id = any(${tickets.map(({ id }) => id)}) and sequence > 1 order by ticket_id, sequence`;
  const forCustomers: readonly string[] = kindsForCustomers;
  for (const { stream, name, ticketId } of streams) {
    const expected = rows
      .filter((row) => row.ticketId === ticketId && (name !== "nora" || forCustomers.includes(row.kind)))
      .map(({ id }) => id);
    await stream.until(() => idsOf(stream).length >= expected.length);
    expect(idsOf(stream)).toEqual(expected);
    stream.stop();
  }
  expect(rows.filter(({ kind }) => kind === "note_added")).toHaveLength(100);
});

test("somebody who is demoted or put out loses their streams on every process, and nobody else does", async () => {
  const urls = [first.url, `http://127.0.0.1:${second.port}`];
  const sofia = await clientOf(first.url, "sofia");
  const { id: ticketId } = await sofia.tickets.open.mutate({
    title: "Watched",
    description: "",
    customerId: (await (await clientOf(first.url, "nora")).auth.me.query()).id,
  });
  const open = async (name: string) =>
    Promise.all(
      urls.map(async (url) => {
        const api = await clientOf(url, name);
        const stream = reading<TicketChange>((handlers) =>
          api.tickets.onChange.subscribe({ ticketId }, handlers),
        );
        await stream.until(({ length }) => length > 0);
        return stream;
      }),
    );
  const [yukis, omars, petras] = [await open("yuki"), await open("omar"), await open("petra")];
  const people = (await sofia.users.list.query({ limit: 100 })).items;
  const person = (name: string) => people.find(({ email }) => email.startsWith(`${name}@`))!;
  await sofia.users.deactivate.mutate({ userId: person("yuki").id, version: person("yuki").version });
  await sofia.users.setRole.mutate({
    userId: person("omar").id,
    version: person("omar").version,
    roleKey: "customer",
  });
  expect(await Promise.all(yukis.map((stream) => stream.ended()))).toEqual([
    "auth.required",
    "auth.required",
  ]);
  expect(await Promise.all(omars.map((stream) => stream.ended()))).toEqual([
    expect.stringMatching(/^(auth\.required|ticket\.not_found)$/),
    expect.stringMatching(/^(auth\.required|ticket\.not_found)$/),
  ]);
  await sofia.tickets.reply.mutate({ ticketId, body: "Still watched" });
  for (const stream of petras) {
    await stream.until((all) => all.flatMap(({ entries }) => entries).length === 1);
    stream.stop();
  }
});
