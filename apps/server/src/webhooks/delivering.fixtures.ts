import { plusSeconds, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { Desks } from "../desks.ts";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { claim } from "./claim.ts";
import { deliver } from "./deliver.ts";
import { Destinations, type Resolve } from "./destination.ts";
import { fanOut } from "./fan-out.ts";
import type { Delivering } from "./keep-delivering.ts";
import { Receiver } from "./receiver.fixtures.ts";
import { SecretSeal } from "./secret.ts";
import type { MadeWebhook } from "./view.ts";

/** A server, a receiver that it may reach, and a worker that takes one step at a time by a clock that can be put forward. */
export interface Bench extends AsyncDisposable {
  server: TestServer;
  receiver: Receiver;
  delivering: Delivering;
  /** Puts the clock of all forward. */
  pass(seconds: number): void;
  now(): string;
  makeWebhook(input?: object, by?: string): Promise<MadeWebhook>;
  openTicket(title: string, by?: string): Promise<string>;
  reply(ticketId: string, body: string, by?: string): Promise<void>;
  /** One round: all that is due is sent once. */
  round(): Promise<void>;
  /** Rounds until nothing is due. */
  settle(): Promise<void>;
}

export async function openBench(resolve?: Resolve): Promise<Bench> {
  let laterMs = 0;
  const runtime: Runtime = {
    ...systemRuntime,
    now: () => toInstant(toEpochMs(systemRuntime.now()) + laterMs),
  };
  const env = { WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8", ACCESS_TOKEN_SECONDS: "3600" };
  const server = await startServer({ env, runtime });
  const receiver = await Receiver.open();
  const { resources } = server;
  const delivering: Delivering = {
    sql: resources.sql,
    runtime,
    log: resources.log,
    desks: new Desks(resources),
    seal: new SecretSeal(resources.env.AUTH_SECRET),
    destinations: new Destinations(resources.env.WEBHOOK_ALLOWED_NETWORKS, resolve),
    ca: receiver.cert,
  };
  let names = 0;
  const bench: Bench = {
    server,
    receiver,
    delivering,
    pass: (seconds) => void (laterMs += seconds * 1_000),
    now: () => runtime.now(),
    async makeWebhook(input = {}, by = "omar") {
      const { api } = await server.as(by);
      const rest = { name: `Receiver ${++names}`, url: receiver.url(), eventKinds: ["*" as const], ...input };
      return api.webhooks.create.mutate(rest);
    },
    async openTicket(title, by = "nora") {
      const { api } = await server.as(by);
      return (await api.tickets.open.mutate({ title, description: "It is broken." })).id;
    },
    async reply(ticketId, body, by = "sofia") {
      const { api } = await server.as(by);
      await api.tickets.reply.mutate({ ticketId, body });
    },
    async round() {
      while (await fanOut(delivering));
      const lanes = await claim(delivering, 1_000);
      await Promise.all(lanes.map((lane) => deliver(delivering, lane)));
    },
    async settle() {
      const due = () =>
        resources.sql`select from webhook_lanes where due_at <= ${plusSeconds(runtime.now(), 0)}`;
      do await bench.round();
      while ((await due()).length > 0);
    },
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
  return bench;
}
