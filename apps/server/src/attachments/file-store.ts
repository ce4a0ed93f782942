import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import type { Env } from "../env.ts";

/** Where files are, by random keys: a folder, or a bucket that speaks S3. */
export class FileStore {
  readonly #disk: Disk;
  /** The folder, where it is one. */
  readonly #folder: string | null;

  private constructor(disk: Disk, folder: string | null) {
    this.#disk = disk;
    this.#folder = folder;
  }

  static async open(env: Env): Promise<FileStore> {
    if (env.S3_BUCKET === undefined) {
      const location = resolve(env.STORAGE_DIR);
      return new FileStore(new Disk(new FSDriver({ location, visibility: "private" })), location);
    }
    // Large, and of use only here.
    const { S3Driver } = await import("flydrive/drivers/s3");
    const driver = new S3Driver({
      bucket: env.S3_BUCKET,
      region: env.S3_REGION,
      endpoint: env.S3_ENDPOINT,
      forcePathStyle: env.S3_ENDPOINT !== undefined,
      credentials: { accessKeyId: env.S3_ACCESS_KEY_ID!, secretAccessKey: env.S3_SECRET_ACCESS_KEY! },
      visibility: "private",
      supportsACL: false,
      // Other makers' servers do not all know the newer checksums.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
    return new FileStore(new Disk(driver), null);
  }

  /** Stores what a stream gives. Where that fails it throws, and nothing writes any more: what there is can be removed. */
  async write(key: string, content: Readable): Promise<void> {
    if (this.#folder === null) return this.#writeByWay(key, content);
    const path = join(this.#folder, key);
    await mkdir(dirname(path), { recursive: true });
    await save(path, content);
  }

  /** @throws where there is no such file, before the first byte. */
  async read(key: string): Promise<Readable> {
    const stream = await this.#disk.getStream(key);
    if (this.#folder !== null) await once(stream, "open");
    return stream;
  }

  /** From a byte on; a bucket gives all, and what comes before is passed over. @throws as `read`. */
  async readFrom(key: string, offset: number): Promise<Readable> {
    if (offset === 0) return this.read(key);
    if (this.#folder !== null) {
      const stream = createReadStream(join(this.#folder, key), { start: offset });
      await once(stream, "open");
      return stream;
    }
    const whole = await this.read(key);
    return Readable.from(
      (async function* () {
        let left = offset;
        for await (const chunk of whole as AsyncIterable<Buffer>) {
          if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
          left = Math.max(0, left - chunk.length);
        }
      })(),
    );
  }

  has(key: string): Promise<boolean> {
    return this.#disk.exists(key);
  }

  /** Nothing happens where it is gone already. */
  async remove(key: string): Promise<void> {
    await this.#disk.delete(key);
  }

  /** S3 wants to know a length before the first byte, so what arrives waits in a file of this machine. */
  async #writeByWay(key: string, content: Readable): Promise<void> {
    const path = join(tmpdir(), `helpdesk-upload-${basename(key)}`);
    try {
      await save(path, content);
      const { size } = await stat(path);
      if (size === 0) await this.#disk.put(key, new Uint8Array());
      else await this.#disk.putStream(key, createReadStream(path), { contentLength: size });
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Ends when the file is closed, also where it fails: nothing appears after it. */
async function save(path: string, content: Readable): Promise<void> {
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  const closed = new Promise((end) => file.once("close", end));
  try {
    await pipeline(content, file);
  } finally {
    await closed;
  }
}
