import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@helpdesk/testing";
import { accessTokenOf, withoutLimits } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { buildApp } from "../app.ts";
import { readEnv } from "../env.ts";
import { openResources } from "../resources.ts";

test("whoever breaks an upload off before we know who it is keeps nothing waiting", async () => {
  await using database = await createTestDatabase({ template: "seeded" });
  const settings = { DATABASE_URL: database.url, NODE_ENV: "test", LOG_LEVEL: "silent", ...withoutLimits };
  const resources = await openResources(readEnv(settings), "closing");
  const app = await buildApp(resources);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const authorization = `Bearer ${await accessTokenOf(url, "nora")}`;
  const waiting = async () => {
    const rows = await resources.sql`select 1 from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`;
    return rows.length;
  };
  try {
    await resources.sql.begin(async (holding) => {
      await holding`lock table auth_sessions in access exclusive mode`;
      const upload = request(`${url}/attachments`, {
        method: "POST",
        headers: { authorization, "content-type": "multipart/form-data; boundary=b" },
      });
      const isGone = new Promise((resolve) => upload.once("close", resolve));
      upload.on("error", () => {});
      upload.write("--b\r\n");
      await expect.poll(waiting).toBeGreaterThan(0);
      upload.destroy();
      await isGone;
    });
    await app.close();
    expect(await resources.sql`select 1 from attachments`).toHaveLength(0);
  } finally {
    await resources.close();
  }
});

test("a process that is to end cuts an upload that does not end by itself, and leaves nothing of it", async () => {
  await using database = await createTestDatabase({ template: "seeded" });
  const STORAGE_DIR = await mkdtemp(join(tmpdir(), "helpdesk-closing-"));
  const settings = {
    DATABASE_URL: database.url,
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    STORAGE_DIR,
    ...withoutLimits,
  };
  const resources = await openResources(readEnv(settings), "closing");
  const app = await buildApp(resources);
  const stored = () => {
    const folder = join(STORAGE_DIR, "attachments");
    return existsSync(folder) ? readdirSync(folder).length : 0;
  };
  try {
    await app.listen({ host: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const upload = request(`${url}/attachments`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await accessTokenOf(url, "nora")}`,
        "content-type": "multipart/form-data; boundary=b",
      },
    });
    upload.on("error", () => {});
    upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nnot the end');
    await expect.poll(stored).toBe(1);
    await app.close();
    expect(stored()).toBe(0);
    expect(await resources.sql`select 1 from attachments`).toHaveLength(0);
  } finally {
    await resources.close();
    await rm(STORAGE_DIR, { recursive: true, force: true });
  }
});
