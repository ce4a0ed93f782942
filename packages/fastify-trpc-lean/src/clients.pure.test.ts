import { once } from "node:events";
import { connect } from "node:net";
import {
  TRPCClientError,
  type TRPCLink,
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from "@trpc/client";
import { EventSource } from "eventsource";
import { expect, test, vi } from "vitest";
import type { EveryKind } from "./every-kind.fixtures.ts";
import { type Served, serve } from "./two-servers.fixtures.ts";

type Link = (url: string) => TRPCLink<EveryKind>;

const links: Record<string, Link> = {
  httpLink: (url) => httpLink({ url }),
  "httpLink that posts queries": (url) => httpLink({ url, methodOverride: "POST" }),
  httpBatchLink: (url) => httpBatchLink({ url }),
  "httpBatchLink that posts queries": (url) => httpBatchLink({ url, methodOverride: "POST" }),
  httpBatchStreamLink: (url) => httpBatchStreamLink({ url }),
  splitLink: (url) =>
    splitLink({
      condition: ({ type }) => type === "mutation",
      true: httpLink({ url }),
      false: httpBatchLink({ url }),
    }),
};

const clientOf = (link: Link, { url }: Served) =>
  createTRPCClient<EveryKind>({ links: [link(`${url}/trpc`)] });
type Client = ReturnType<typeof clientOf>;
const served = (plugin: "lean" | "official") =>
  serve(plugin, { isFormatting: true, options: { allowMethodOverride: true } });

/** Calls made at once, so that links that batch do. */
const calls: Record<string, (client: Client) => Promise<unknown>[]> = {
  queries: (client) => [
    client.greet.query({ name: "Ada" }),
    client.date.query(),
    client.text.query(),
    client.nothing.query(),
    client.nul.query(),
    client.inner.again.deep.query("x"),
    client.later.deep.query(),
  ],
  "queries of which some fail": (client) => [
    client.ignores.query(),
    client.notFound.query(),
    client.greet.query({ name: 1 as unknown as string }),
    client.shaped.query({ n: 3 }),
    client.error.query(),
  ],
  mutations: (client) => [
    client.add.mutate({ a: 1, b: 2 }),
    client.store.mutate("ü👋"),
    client.refuse.mutate(1),
  ],
  "one that streams": (client) => [
    client.promised.query().then(async ({ now, later }) => ({ now, later: await later })),
  ],
};

const settled = async (promises: Promise<unknown>[]) =>
  (await Promise.allSettled(promises)).map((outcome) => {
    if (outcome.status === "fulfilled") return { value: outcome.value };
    const error = outcome.reason as TRPCClientError<EveryKind>;
    expect(error).toBeInstanceOf(TRPCClientError);
    return { message: error.message, shape: error.shape as unknown, data: error.data as unknown };
  });

for (const [name, link] of Object.entries(links)) {
  test.each(Object.entries(calls))(
    `${name} makes of %s what it makes of the official adapter's`,
    async (_, make) => {
      await using lean = await served("lean");
      await using official = await served("official");
      const ours = await settled(make(clientOf(link, lean)));
      expect(ours).toEqual(await settled(make(clientOf(link, official))));
      expect(ours).not.toEqual([]);
    },
  );

  test(`${name} that gives a call up aborts its signal`, async () => {
    for (const plugin of ["lean", "official"] as const) {
      await using server = await served(plugin);
      const giving = new AbortController();
      const call = clientOf(link, server).waits.query(undefined, { signal: giving.signal });
      setTimeout(() => giving.abort(), 50);
      await expect(call).rejects.toThrow(TRPCClientError);
      await vi.waitFor(() => expect(server.aborted).toEqual(["waits"]));
    }
  });
}

test.each(["lean", "official"] as const)(
  "httpSubscriptionLink subscribes through the %s plugin",
  async (plugin) => {
    await using server = await served(plugin);
    const client = clientOf((url) => httpSubscriptionLink({ url, EventSource }), server);
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      const subscription = client.ticks.subscribe(
        { upTo: 3 },
        {
          onData: ({ id, data }) => {
            seen.push([id, data]);
            if (seen.length < 3) return;
            subscription.unsubscribe();
            resolve();
          },
        },
      );
    });
    expect(seen).toEqual([
      ["0", 0],
      ["1", 1],
      ["2", 2],
    ]);
  },
);

test("a caller whose line is cut aborts the signals of all its calls, and one that is answered none", async () => {
  await using lean = await serve("lean");
  const line = connect(Number(new URL(lean.url).port), "127.0.0.1");
  await once(line, "connect");
  line.write("GET /trpc/nul HTTP/1.1\r\nhost: x\r\n\r\n");
  await once(line, "data");
  line.write("GET /trpc/waits,waits?batch=1 HTTP/1.1\r\nhost: x\r\n\r\n");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(lean.aborted).toEqual([]);
  line.destroy();
  await vi.waitFor(() => expect(lean.aborted).toEqual(["waits", "waits"]));
});
