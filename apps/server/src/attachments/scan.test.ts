import { type Server, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { plusSeconds } from "@helpdesk/domain";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { rescan } from "./rescan.ts";
import { scan } from "./scan.ts";
import { clamd } from "./scanner.ts";
import { Sender } from "./upload.fixtures.ts";

const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;

/** What clamd does on its port, for one signature: reads `INSTREAM` to its empty chunk, and says what it found. */
function scannerOf(signature: string): Server {
  return createServer((socket) => {
    let received: Buffer = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const command = "zINSTREAM\0";
      if (received.length < command.length) return;
      if (received.subarray(0, command.length).toString() !== command) {
        socket.end("UNKNOWN COMMAND\0");
        return;
      }
      const parts: Buffer[] = [];
      for (let at = command.length; at + 4 <= received.length;) {
        const length = received.readUInt32BE(at);
        if (length === 0) {
          const found = Buffer.concat(parts).includes(signature);
          socket.end(found ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0");
          return;
        }
        parts.push(received.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
    });
  });
}

let daemon: Server;
let address: string;
let server: TestServer;
let nora: Sender;

beforeAll(async () => {
  daemon = scannerOf(EICAR);
  await new Promise<void>((up) => daemon.listen(0, "127.0.0.1", up));
  address = `127.0.0.1:${(daemon.address() as AddressInfo).port}`;
  server = await startServer({ env: { CLAMD_ADDRESS: address } });
  nora = await Sender.named(server, "nora");
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  daemon.close();
});

/** Does the scans that are queued, as the worker does. */
async function scanAll(by = address): Promise<(string | null)[]> {
  const { sql, runtime, jobs, files } = server.resources;
  const rows = await sql<{ id: string; data: { organizationId: string; attachmentId: string } }[]>`
    delete from pgboss.job where name = 'scan_attachment' returning id, data`;
  const found: (string | null)[] = [];
  for (const { data } of rows)
    found.push((await scan({ sql, runtime, jobs, files, scanner: clamd(by) }, data)).found);
  return found;
}

test("a file cannot be had before it is scanned, and can once it is clean", async () => {
  const id = await nora.id(Buffer.alloc(1_000_000, "clean "), { name: "a.txt" });
  const { api } = await server.as("nora");
  expect(await nora.outcomeOf(id)).toBe("attachment.scan_pending");
  await expect(api.attachments.url.query({ attachmentId: id })).rejects.toMatchObject({
    data: { refusal: { code: "attachment.scan_pending" } },
  });
  expect(await scanAll()).toEqual([null]);
  expect(await nora.outcomeOf(id)).toBe("ok");
});

test("a harmful file goes, is not counted any more, and its uploader and the ticket's readers learn of it", async () => {
  const { api } = await server.as("nora");
  const { sql } = server.resources;
  const usage = async () =>
    (await sql<{ used: number }[]>`select used_bytes as used from attachment_usage`)[0]!.used;
  const before = await usage();
  const { id: ticketId } = await api.tickets.open.mutate({ title: "A gift", description: "" });
  const sent = await nora.id(EICAR, { ticketId, name: "gift.txt" });
  const kept = await nora.id(EICAR, { ticketId });
  await api.tickets.reply.mutate({ ticketId, body: "For you.", attachmentIds: [sent] });
  expect(await scanAll()).toEqual(["Eicar-Test-Signature", "Eicar-Test-Signature"]);
  expect(await nora.outcomeOf(sent)).toBe("attachment.infected");
  const { timeline } = await api.tickets.get.query({ ticketId });
  expect(timeline.at(-1)!.attachments).toMatchObject([{ id: sent, state: "rejected" }]);
  const reply = api.tickets.reply.mutate({ ticketId, body: "Again.", attachmentIds: [kept] });
  await expect(reply).rejects.toMatchObject({ data: { refusal: { code: "attachment.infected" } } });
  const { items } = await api.notifications.list.query({});
  expect(items.slice(0, 2)).toMatchObject([
    { kind: "attachment_rejected", ticket: { id: ticketId } },
    { kind: "attachment_rejected", ticket: { id: ticketId } },
  ]);
  expect(await usage()).toBe(before);
  expect(await sql`select 1 from pgboss.job where name = 'remove_files'`).toHaveLength(2);
});

test("a scanner that is not there or does not say fails the job, and the file stays waiting", async () => {
  const id = await nora.id("waits");
  const { sql, files } = server.resources;
  const [row] = await sql<{ key: string }[]>`select storage_key as key from attachments where id = ${id}`;
  await expect(clamd("127.0.0.1:1").scan(await files.read(row!.key))).rejects.toThrow("ECONNREFUSED");
  const mute = createServer((socket) =>
    socket.on("error", () => {}).end("INSTREAM size limit exceeded. ERROR\0"),
  );
  await new Promise<void>((up) => mute.listen(0, "127.0.0.1", up));
  try {
    const its = `127.0.0.1:${(mute.address() as AddressInfo).port}`;
    await expect(scanAll(its)).rejects.toThrow("size limit exceeded");
  } finally {
    mute.close();
  }
  expect(await nora.outcomeOf(id)).toBe("attachment.scan_pending");
});

test("a file whose scans have failed for a day is put to the scanner again", async () => {
  const { sql, jobs } = server.resources;
  await scanAll();
  const id = await nora.id("waits longer");
  await sql`delete from pgboss.job where name = 'scan_attachment'`;
  const rescanAfter = (hours: number) =>
    rescan({
      sql,
      jobs,
      runtime: { ...systemRuntime, now: () => plusSeconds(systemRuntime.now(), hours * 3_600) },
    });
  await sql`update attachments set state = 'ready' where state = 'scanning' and id <> ${id}`;
  expect(await rescanAfter(23)).toEqual({ rescans: 0 });
  expect(await rescanAfter(25)).toEqual({ rescans: 1 });
  expect(await scanAll()).toEqual([null]);
  expect(await nora.outcomeOf(id)).toBe("ok");
  expect(await rescanAfter(25)).toEqual({ rescans: 0 });
});
