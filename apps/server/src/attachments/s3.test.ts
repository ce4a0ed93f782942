import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { startServer } from "@helpdesk/testing/server";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "../env.ts";
import { FileStore } from "./file-store.ts";
import { Sender } from "./upload.fixtures.ts";

let bucketFolder: string;
let s3: S3rver;
let env: Record<string, string>;

beforeAll(async () => {
  bucketFolder = await mkdtemp(join(tmpdir(), "helpdesk-s3-"));
  s3 = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: bucketFolder,
    configureBuckets: [{ name: "files", configs: [] }],
  });
  const { port } = await s3.run();
  env = {
    S3_BUCKET: "files",
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_ACCESS_KEY_ID: "S3RVER",
    S3_SECRET_ACCESS_KEY: "S3RVER",
  };
});

afterAll(async () => {
  await s3.close();
  await rm(bucketFolder, { recursive: true, force: true });
});

const settings = (change: Record<string, string> = {}) =>
  readEnv({ DATABASE_URL: "postgres://127.0.0.1/none", ...env, ...change });

const spooled = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("helpdesk-upload-"));

test("a bucket gives back what was stored, knows of its removal, and nothing of it waits on this machine", async () => {
  const store = await FileStore.open(settings());
  const content = Buffer.alloc(3_000_000, "all of it ");
  await store.write("attachments/a", Readable.from([content.subarray(0, 9), content.subarray(9)]));
  await store.write("attachments/empty", Readable.from([]));
  expect(await buffer(await store.read("attachments/a"))).toEqual(content);
  expect(await buffer(await store.read("attachments/empty"))).toHaveLength(0);
  await store.remove("attachments/a");
  await store.remove("attachments/a");
  await expect(store.read("attachments/a")).rejects.toThrow(/E_CANNOT_READ_FILE|Cannot read file|NoSuchKey/);
  expect(await spooled()).toEqual([]);
});

test("a stream that breaks off stores nothing, and the error is its own", async () => {
  const store = await FileStore.open(settings());
  const broken = Readable.from(
    (function* () {
      yield Buffer.from("some");
      throw new Error("broken off");
    })(),
  );
  await expect(store.write("attachments/b", broken)).rejects.toThrow("broken off");
  await expect(store.read("attachments/b")).rejects.toThrow(/Cannot read file|NoSuchKey/);
  expect(await spooled()).toEqual([]);
});

test("a wrong key is refused by the bucket, so the right one proved something", async () => {
  const store = await FileStore.open(settings({ S3_ACCESS_KEY_ID: "SOMEBODY" }));
  await expect(store.write("attachments/c", Readable.from(["x"]))).rejects.toMatchObject({
    code: "E_CANNOT_WRITE_FILE",
    cause: { name: "InvalidAccessKeyId" },
  });
});

test("files go to the bucket and come from it by the same routes", async () => {
  await using server = await startServer({ env });
  const nora = await Sender.named(server, "nora");
  const id = await nora.id("kept in a bucket");
  const file = await nora.get(`/attachments/${id}`);
  expect(await file.text()).toBe("kept in a bucket");
  const refused = await nora.upload(Buffer.concat([Buffer.from("MZ"), Buffer.alloc(50_000)]));
  expect(refused.outcome).toBe("attachment.type_not_allowed");
  const inBucket = await readdir(join(bucketFolder, "files", "attachments"));
  expect(inBucket.filter((name) => name.endsWith("_object") && name.length > 30)).toHaveLength(1);
});
