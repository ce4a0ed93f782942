import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { type Refusal, canonicalJson } from "@helpdesk/domain";
import { sha256 } from "../identity/tokens.ts";

/** What a mutation was answered with: its data, the pieces of a stream, or why it was refused. */
export type Answer = { data?: unknown } | { pieces: unknown[] } | { refusal: Refusal };

export interface SealedRequest {
  /** Names the caller: two callers' keys never meet. */
  caller: string;
  key: string;
  procedure: string;
  input: unknown;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is stored of one request and its answer. Who has the database, or it and our secret, but not the key, reads nothing. */
export class AnswerSeal {
  readonly keyHash: string;
  readonly requestHash: string;
  readonly #secret: Uint8Array;

  constructor(authSecret: string, { caller, key, procedure, input }: SealedRequest) {
    // Without our secret: a key that was used before a change of it is still known to have been used.
    this.keyHash = sha256(`idempotency ${caller} ${key}`);
    const derived = new Uint8Array(hkdfSync("sha256", authSecret, caller, `idempotency ${key}`, 64));
    this.#secret = derived.subarray(0, 32);
    this.requestHash = createHmac("sha256", derived.subarray(32))
      .update(`${procedure} ${canonicalJson(input ?? null)}`)
      .digest("hex");
  }

  close(answer: Answer, nonce: Uint8Array): Uint8Array {
    const cipher = createCipheriv("aes-256-gcm", this.#secret, nonce);
    return Buffer.concat([
      nonce,
      cipher.update(JSON.stringify(answer), "utf8"),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  }

  open(closed: Uint8Array): Answer {
    const decipher = createDecipheriv("aes-256-gcm", this.#secret, closed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(closed.subarray(-TAG_BYTES));
    const text = decipher.update(closed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8");
    return JSON.parse(text + decipher.final("utf8")) as Answer;
  }

  static readonly nonceBytes = NONCE_BYTES;
}
