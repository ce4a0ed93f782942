import { once } from "node:events";
import { type AddressInfo, type Server, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { Destinations } from "./destination.ts";
import { forbiddenHosts } from "./hosts.fixtures.ts";

let bench: Bench;
let trap: Server;
let connections = 0;

beforeAll(async () => {
  bench = await openBench();
  // Whoever connects to this machine at its port, by IPv4 or IPv6, is counted.
  trap = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  trap.listen({ port: 0, host: "::" });
  await once(trap, "listening");
});

afterAll(async () => {
  trap.close();
  await bench[Symbol.asyncDispose]();
});

const trapPort = () => (trap.address() as AddressInfo).port;

/** Sends what is due as a worker of a machine that allows no network of its own, by a name server of ours. */
async function roundInProduction(resolve?: (host: string) => Promise<string[]>): Promise<void> {
  const { delivering } = bench;
  const before = delivering.destinations;
  delivering.destinations = new Destinations([], resolve);
  await bench.round();
  delivering.destinations = before;
}

const latest = async (webhookId: string) => {
  const { api } = await bench.server.as("omar");
  const { items } = await api.webhooks.deliveries.list.query({ webhookId });
  return api.webhooks.deliveries.get.query({ webhookId, deliveryId: items[0]!.id });
};

test("the trap counts, or no count below would prove anything", async () => {
  const webhook = await bench.makeWebhook({ url: `https://127.0.0.1:${trapPort()}/` });
  await bench.openTicket("Counted");
  await bench.round();
  expect(connections).toBe(1);
  expect((await latest(webhook.id)).tries).toMatchObject([{ problem: "closed" }]);
  await bench.server.resources.sql`delete from webhooks`;
  connections = 0;
});

test("no host that is private is saved, nor called though it was saved", async () => {
  const { server } = bench;
  const { sql, env } = server.resources;
  const webhook = await bench.makeWebhook();
  const { api } = await server.as("omar");
  for (const host of Object.values(forbiddenHosts).flat()) {
    const url = `https://${host}:${trapPort()}/`;
    env.WEBHOOK_ALLOWED_NETWORKS = [];
    await expect(
      api.webhooks.create.mutate({ name: host, url, eventKinds: ["*"] }),
      host,
    ).rejects.toMatchObject({ data: { refusal: { code: "webhook.url_forbidden", reason: "private" } } });
    await sql`update webhooks set url = ${url}`;
    await api.webhooks.test.mutate({ webhookId: webhook.id });
    await roundInProduction();
    const { state, tries } = await latest(webhook.id);
    expect([host, state, tries[0]!.problem]).toEqual([host, "failed", "forbidden"]);
  }
  env.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"];
  expect(connections).toBe(0);
  await sql`delete from webhooks`;
});

test("a name that is public when it is looked at and private after that leads nowhere private", async () => {
  const { sql } = bench.server.resources;
  const webhook = await bench.makeWebhook();
  const { api } = await bench.server.as("omar");
  await sql`update webhooks set url = ${`https://rebound.example:${trapPort()}/`}`;
  const answers = [["192.0.2.1"], ["127.0.0.1"], ["::1"]];
  let asked = 0;
  for (const problem of ["forbidden", "forbidden", "forbidden"]) {
    await api.webhooks.test.mutate({ webhookId: webhook.id });
    await roundInProduction(() => Promise.resolve(answers[asked++]!));
    expect((await latest(webhook.id)).tries).toMatchObject([{ problem }]);
  }
  expect([asked, connections]).toEqual([3, 0]);
  await sql`delete from webhooks`;
});

test("the connection goes to the address that was looked at, whatever the name stands for by then", async () => {
  const { sql } = bench.server.resources;
  const webhook = await bench.makeWebhook();
  const { api } = await bench.server.as("omar");
  // The certificate is of this name, the address is of this machine: only the name server of this test knows it.
  await sql`update webhooks set url = ${bench.receiver.url("/pinned", "receiver.example")}`;
  let asked = 0;
  const { delivering } = bench;
  delivering.destinations = new Destinations(["127.0.0.0/8"], () =>
    Promise.resolve(asked++ === 0 ? ["127.0.0.1"] : ["192.0.2.1"]),
  );
  await api.webhooks.test.mutate({ webhookId: webhook.id });
  await bench.round();
  expect(await latest(webhook.id)).toMatchObject({ state: "delivered" });
  expect(bench.receiver.received.at(-1)).toMatchObject({
    path: "/pinned",
    headers: { host: `receiver.example:${bench.receiver.port}` },
  });
  expect(asked).toBe(1);
});
