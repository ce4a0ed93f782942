import { argon2, createHash } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/** An argon2id PHC string as sign-in expects it, with a salt that is the same at every seeding. */
export async function seededPasswordHash(email: string, password: string): Promise<string> {
  const nonce = createHash("sha256").update(`salt of ${email}`).digest().subarray(0, 16);
  const cost = { memory: 19_456, passes: 2, parallelism: 1 };
  const tag = await derive("argon2id", { message: password, nonce, tagLength: 32, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}
