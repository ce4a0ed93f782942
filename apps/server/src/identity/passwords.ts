import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { refuse } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

const derive = promisify(argon2);

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
/** About five seconds of work: who comes later is better told so at once. */
const MAX_WAITING = 256;

/** PHC string of argon2id (m = 19 MiB, t = 2, p = 1). */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

/** Hashes and checks passwords, a few at a time: each takes 19 MiB and a thread of the pool that files and DNS need too. */
export class PasswordHasher {
  readonly #runtime: Runtime;
  readonly #atOnce: number;
  /** Hashes derived so far: each attempt to sign in costs one, whoever it names. */
  derived = 0;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(runtime: Runtime, atOnce = 2) {
    this.#runtime = runtime;
    this.#atOnce = atOnce;
  }

  async hash(password: string): Promise<string> {
    const salt = this.#runtime.randomBytes(SALT_BYTES);
    const tag = await this.#derive(password, salt, MEMORY_KIB, PASSES, PARALLELISM, TAG_BYTES);
    return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${base64(salt)}$${base64(tag)}`;
  }

  /** False for a wrong password, and, after the same work, where there is no hash at all: time must not tell who exists. */
  async verify(password: string, phc: string | null): Promise<boolean> {
    const parts = phc === null ? null : PHC.exec(phc);
    if (!parts) {
      await this.#derive(password, Buffer.alloc(SALT_BYTES), MEMORY_KIB, PASSES, PARALLELISM, TAG_BYTES);
      return false;
    }
    const [, memory, passes, parallelism, salt, tag] = parts as unknown as string[];
    const expected = Buffer.from(tag!, "base64");
    const actual = await this.#derive(
      password,
      Buffer.from(salt!, "base64"),
      Number(memory),
      Number(passes),
      Number(parallelism),
      expected.length,
    );
    return timingSafeEqual(actual, expected);
  }

  async #derive(
    message: string,
    nonce: Buffer,
    memory: number,
    passes: number,
    parallelism: number,
    tagLength: number,
  ): Promise<Buffer> {
    if (this.#waiting.length >= MAX_WAITING) refuse({ code: "service.unavailable" });
    if (this.#running >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      this.derived++;
      return (await derive("argon2id", {
        message: message.normalize("NFKC"),
        nonce,
        parallelism,
        tagLength,
        memory,
        passes,
      })) as Buffer;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
