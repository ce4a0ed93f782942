import { createHash } from "node:crypto";
import { isTypeAllowed, refuse } from "@helpdesk/domain";
import { fileTypeFromBuffer } from "file-type";

/** So much is looked at for a type. */
const HEAD_BYTES = 16_384;

export interface UploadLimits {
  maxBytes: number;
  allowed: readonly string[];
  denied: readonly string[];
}

/** What the bytes of a file say, whatever it is called. */
export interface Inspected {
  contentType: string;
  sizeBytes: number;
  sha256: string;
}

/** Looks at a file as it passes: its size, hash and type. It keeps no more than the head. */
export class Inspection {
  readonly #limits: UploadLimits;
  readonly #hash = createHash("sha256");
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #head: Buffer | null = Buffer.alloc(0);
  #sizeBytes = 0;
  #magicType: string | null = null;
  #isText = true;

  constructor(limits: UploadLimits) {
    this.#limits = limits;
  }

  /** Passes the bytes on. @throws RefusalError `attachment.too_large`, `attachment.type_not_allowed`, as soon as it shows. */
  async *pass(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const chunk of content) {
      this.#sizeBytes += chunk.length;
      if (this.#sizeBytes > this.#limits.maxBytes)
        refuse({ code: "attachment.too_large", limitBytes: this.#limits.maxBytes });
      this.#hash.update(chunk);
      this.#isText &&= this.#readsOn(chunk);
      if (this.#head) {
        this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD_BYTES - this.#head.length)]);
        if (this.#head.length === HEAD_BYTES) await this.#recognise(this.#head);
      }
      yield chunk;
    }
    if (this.#head) await this.#recognise(this.#head);
    this.#isText &&= this.#readsOn();
    this.#expectAllowed(this.#contentType());
  }

  /** What was found, once all has passed. */
  result(): Inspected {
    return {
      contentType: this.#contentType(),
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest("hex"),
    };
  }

  async #recognise(head: Buffer): Promise<void> {
    this.#head = null;
    this.#magicType = (await fileTypeFromBuffer(head))?.mime ?? null;
    if (this.#magicType !== null) this.#expectAllowed(this.#magicType);
  }

  #contentType(): string {
    return this.#magicType ?? (this.#isText ? "text/plain; charset=utf-8" : "application/octet-stream");
  }

  #expectAllowed(contentType: string): void {
    if (!isTypeAllowed(contentType, this.#limits))
      refuse({ code: "attachment.type_not_allowed", contentType });
  }

  /** Whether it is still a text with these bytes, or with none following. */
  #readsOn(chunk?: Buffer): boolean {
    if (chunk?.includes(0)) return false;
    try {
      this.#decoder.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      return false;
    }
  }
}
