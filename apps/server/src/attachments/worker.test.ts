import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { noOrganization, transact } from "@helpdesk/db";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { startWorker } from "../worker/start.ts";
import { Sender } from "./upload.fixtures.ts";

test("the worker has a new file scanned, removes the bytes of one that was taken away, and at night has scanned what was not", async () => {
  const daemon = createServer((socket) => {
    // The empty chunk ends what it is sent.
    socket
      .on("error", () => {})
      .on(
        "data",
        (bytes: Buffer) => bytes.subarray(-4).equals(Buffer.alloc(4)) && socket.end("stream: OK\0"),
      );
  });
  await new Promise<void>((up) => daemon.listen(0, "127.0.0.1", up));
  const CLAMD_ADDRESS = `127.0.0.1:${(daemon.address() as AddressInfo).port}`;
  await using server = await startServer({ env: { CLAMD_ADDRESS } });
  const { env, runtime, log, sql } = server.resources;
  const stop = await startWorker({ env, runtime, log, sql });
  const stored = () => {
    const folder = join(env.STORAGE_DIR, "attachments");
    return existsSync(folder) ? readdirSync(folder).length : 0;
  };
  try {
    const nora = await Sender.named(server, "nora");
    const { api } = await server.as("nora");
    const attachmentId = await nora.id("clean");
    await expect.poll(() => nora.outcomeOf(attachmentId)).toBe("ok");
    expect(stored()).toBe(1);
    await api.attachments.remove.mutate({ attachmentId });
    await expect.poll(stored).toBe(0);

    const lost = await nora.id("its scans all failed");
    await api.tickets.open.mutate({ title: "With a file", description: "", attachmentIds: [lost] });
    await expect.poll(() => nora.outcomeOf(lost)).toBe("ok");
    await sql`update attachments set state = 'scanning', created_at = created_at - interval '2 days' where id = ${lost}`;
    expect(await nora.outcomeOf(lost)).toBe("attachment.scan_pending");
    await transact(sql, noOrganization, (unit) => server.resources.jobs.enqueue(unit, "housekeeping", {}));
    await expect.poll(() => nora.outcomeOf(lost)).toBe("ok");
  } finally {
    await stop();
    daemon.close();
  }
});
