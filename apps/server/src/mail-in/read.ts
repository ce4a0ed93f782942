import { Worker } from "node:worker_threads";
import type { ReadMail } from "./message.ts";

const THREAD = new URL("./read-thread.ts", import.meta.url);
const DEADLINE_MS = 20_000;
const MAX_MEMORY_MB = 384;

/** Reads a mail in a thread of its own: whatever it is made of, it takes no more than its time and memory. Null for one that cannot be read. */
export async function readMail(raw: Uint8Array): Promise<ReadMail | null> {
  const thread = new Worker(THREAD, {
    workerData: raw,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  });
  let deadline: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ReadMail | null>((resolve) => {
      deadline = setTimeout(() => resolve(null), DEADLINE_MS);
      thread.once("message", resolve);
      thread.once("error", () => resolve(null));
      thread.once("exit", () => resolve(null));
    });
  } finally {
    clearTimeout(deadline);
    await thread.terminate();
  }
}
