import { type ChildProcess, spawn } from "node:child_process";
import { writeFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plusSeconds } from "@helpdesk/domain";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { fanOut } from "./fan-out.ts";
import { manners } from "./receiver.fixtures.ts";

let bench: Bench;
let certificate: string;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  bench = await openBench();
  certificate = join(tmpdir(), `${bench.server.database.name}.pem`);
  await writeFile(certificate, bench.receiver.cert);
});

afterAll(async () => {
  for (const worker of workers)
    if (worker.exitCode === null && worker.signalCode === null) worker.kill("SIGKILL");
  await rm(certificate, { force: true });
  await bench[Symbol.asyncDispose]();
});

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [fileURLToPath(new URL("../worker.ts", import.meta.url))], {
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: bench.server.database.url,
      STORAGE_DIR: join(tmpdir(), bench.server.database.name),
      NODE_ENV: "test",
      WORKER_PORT: "0",
      NODE_EXTRA_CA_CERTS: certificate,
      WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.stdout!.on("data", (chunk) => {
      if (String(chunk).includes("worker ready")) resolve();
    });
    worker.on("exit", () => reject(new Error("The worker ended.")));
  });
  return worker;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(50);
}

const TICKETS = 8;
const ANSWERS = 4;

test("two workers and a kill -9 while requests are on their way: each delivery arrives, in the order of its ticket, written once", async () => {
  const { sql } = bench.server.resources;
  // Workers tell breaches of the seeded tickets, too.
  const webhook = await bench.makeWebhook({ eventKinds: ["ticket_opened", "reply_added"] });
  for (let n = 0; n < TICKETS; n++) {
    const ticketId = await bench.openTicket(`Ticket ${n}`);
    for (let answer = 0; answer < ANSWERS; answer++) await bench.reply(ticketId, `Answer ${answer}`);
  }
  await fanOut(bench.delivering);
  await sql`update webhook_lanes set due_at = ${plusSeconds(bench.now(), 3_600)}`;
  const held: ServerResponse[] = [];
  let cut = 0;
  bench.receiver.manner = (response) => {
    held.push(response);
    response.on("close", () => cut++);
  };
  const [victim, survivor] = await Promise.all([startWorker(), startWorker()]);
  // Until the other is dead, so that it is known whose requests they are.
  survivor.kill("SIGSTOP");
  await sql`update webhook_lanes set due_at = ${bench.now()}`;
  await until(() => held.length === TICKETS);
  victim.kill("SIGKILL");
  await until(() => cut === TICKETS);
  survivor.kill("SIGCONT");
  bench.receiver.manner = manners.takes;

  const left = async () =>
    (await sql`select from webhook_deliveries where webhook_id = ${webhook.id} and state <> 'delivered'`)
      .length;
  await until(async () => (await left()) === 0);
  for (const told of Map.groupBy(bench.receiver.told(), ({ ticket }) => ticket!.id).values())
    expect(told.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: ANSWERS + 1 }, (_, n) => n + 1),
    );
  const deliveries = TICKETS * (ANSWERS + 1);
  expect(bench.receiver.told()).toHaveLength(deliveries);
  // What was on its way to nobody came a second time, by the same id, and nothing else did.
  expect(bench.receiver.received).toHaveLength(deliveries + TICKETS);
  const [written] = await sql`
      select count(*)::int as attempts, count(distinct delivery_id)::int as deliveries from webhook_attempts`;
  expect(written).toEqual({ attempts: deliveries, deliveries });
  expect(await sql`select from webhook_lanes`).toHaveLength(0);
});

test("two workers share the work and send nothing twice", async () => {
  bench.receiver.received.length = 0;
  await startWorker();
  expect(workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)).toHaveLength(
    2,
  );
  const ticketIds = await Promise.all(Array.from({ length: 20 }, (_, n) => bench.openTicket(`Shared ${n}`)));
  await until(() => bench.receiver.told().length >= ticketIds.length);
  const { sql } = bench.server.resources;
  await until(async () => (await sql`select from webhook_deliveries where state = 'pending'`).length === 0);
  expect(bench.receiver.received).toHaveLength(ticketIds.length);
});
