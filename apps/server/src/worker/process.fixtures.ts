import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Env } from "../env.ts";

const ENTRY = fileURLToPath(new URL("../worker.ts", import.meta.url));

/** A worker in a process of its own, on the database and the files of a test; it says what fails. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;

  /** @param settings further ones, by their names in the environment. */
  constructor({ DATABASE_URL, STORAGE_DIR }: Pick<Env, "DATABASE_URL" | "STORAGE_DIR">, settings = {}) {
    this.#child = spawn(process.execPath, [ENTRY], {
      env: {
        PATH: process.env["PATH"],
        DATABASE_URL,
        STORAGE_DIR,
        LOG_LEVEL: "error",
        WORKER_PORT: "0",
        ...settings,
      },
      stdio: ["ignore", "inherit", "inherit"],
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it without a chance to clean up, and resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
