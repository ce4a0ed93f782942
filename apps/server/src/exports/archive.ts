import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type Instant, toEpochMs } from "@helpdesk/domain";
import { ZipFile } from "yazl";

export interface Written {
  bytes: number;
  sha256: string;
}

/** A .zip that is read while it is written: no part of it is held longer than it takes to hand it on. */
export class Archive {
  /** The archive itself. It ends after `end`, or with the error of `abort`. */
  readonly content: Readable;
  readonly #zip = new ZipFile();
  readonly #mtime: Date;
  readonly #broken: Promise<never>;
  #break: (error: unknown) => void;

  constructor(at: Instant) {
    this.#mtime = new Date(toEpochMs(at));
    const { promise, reject } = Promise.withResolvers<never>();
    [this.#broken, this.#break] = [promise, reject];
    // Whoever adds something hears of it.
    promise.catch(() => {});
    this.content = this.#zip.outputStream as Readable;
    this.#zip.on("error", (error: unknown) => this.abort(error));
    this.content.on("error", (error) => this.#break(error));
    this.content.once("close", () => this.#break(new Error("The archive was closed before its end.")));
  }

  /** Writes a part, as fast as the archive is read. Parts come one after the other. */
  async add(
    name: string,
    content: AsyncIterable<string | Uint8Array>,
    { isCompressed = true } = {},
  ): Promise<Written> {
    const hash = createHash("sha256");
    let bytes = 0;
    async function* measured() {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += Buffer.byteLength(chunk);
        yield chunk;
      }
    }
    const stream = Readable.from(measured(), { objectMode: false });
    const ended = new Promise<void>((resolve, reject) => {
      stream.once("end", resolve);
      stream.once("error", reject);
    });
    this.#zip.addReadStream(stream, name, { mtime: this.#mtime, compress: isCompressed });
    try {
      await Promise.race([ended, this.#broken]);
    } catch (error) {
      stream.destroy();
      ended.catch(() => {});
      throw error;
    }
    return { bytes, sha256: hash.digest("hex") };
  }

  end(): void {
    this.#zip.end();
  }

  abort(error: unknown): void {
    this.#break(error);
    this.content.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
