import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import type { Runtime } from "../runtime.ts";

const PREFIX = "whsec_";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A signing secret in clear, in the form of Standard Webhooks: 256 bits. */
export const makeSecret = ({ randomBytes }: Runtime): string => PREFIX + randomBytes(32).toString("base64");

/** Whose secret it is: sealed for one webhook, it opens for no other. */
export interface SecretOf {
  organizationId: string;
  webhookId: string;
}

const contextOf = ({ organizationId, webhookId }: SecretOf): Buffer =>
  Buffer.from(`${organizationId} ${webhookId}`);

/** Closes secrets by a key that is not in the database. */
export class SecretSeal {
  readonly #key: Uint8Array;

  constructor(authSecret: string) {
    this.#key = new Uint8Array(hkdfSync("sha256", authSecret, "webhooks", "signing secrets", 32));
  }

  close(secret: string, of: SecretOf, { randomBytes }: Runtime): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(contextOf(of));
    return Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error where it is another webhook's, was changed, or AUTH_SECRET is not what it was. */
  open(sealed: Uint8Array, of: SecretOf): string {
    const decipher = createDecipheriv("aes-256-gcm", this.#key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(contextOf(of))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8");
    return text + decipher.final("utf8");
  }
}

export interface Signed {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/** The header of Standard Webhooks: a signature by each secret, the newest first. */
export const signatureOf = (secrets: readonly string[], { id, timestamp, body }: Signed): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
    })
    .join(" ");
