import { Worker } from "node:worker_threads";
import { type Advice, type NoReturn, type SessionEvent, type Setting, refuse } from "@helpdesk/domain";

/** What is coached: a session that has ended. */
export interface Lesson {
  setting: Setting;
  log: readonly SessionEvent[];
}

export interface Coached {
  advice: Pick<Advice, "text" | "worth" | "overall" | "wouldPass">[];
  pointOfNoReturn:
    | (Pick<NoReturn, "sequence" | "before" | "after" | "isProven"> & {
        /** For the trainee. */ text: string;
      })
    | null;
}

interface Waiting {
  resolve(coached: Coached): void;
  reject(error: Error): void;
}

const MOST_WAITING = 100;
const MOST_KNOWN = 500;

/** Plays ended sessions again, hundreds of times each, in a thread beside the requests; started when it is first asked. */
export class Coaching {
  #thread: Worker | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** By the hash of the log, from which the same follows for ever. */
  readonly #known = new Map<string, Promise<Coached>>();

  /** @throws RefusalError `service.unavailable` where too many wait. */
  coach(logHash: string, lesson: Lesson): Promise<Coached> {
    const coached = this.#known.get(logHash) ?? this.#ask(lesson);
    this.#known.delete(logHash);
    this.#known.set(logHash, coached);
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    coached.catch(() => this.#known.delete(logHash));
    return coached;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  async #ask(lesson: Lesson): Promise<Coached> {
    if (this.#waiting.size >= MOST_WAITING) refuse({ code: "service.unavailable" });
    const thread = (this.#thread ??= this.#start());
    const id = (this.#lastId += 1);
    return new Promise<Coached>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.postMessage({ id, lesson });
    });
  }

  #start(): Worker {
    const thread = new Worker(new URL("./coaching-thread.ts", import.meta.url));
    thread.unref();
    thread.on("message", ({ id, coached }: { id: number; coached: Coached }) => {
      this.#waiting.get(id)?.resolve(coached);
      this.#waiting.delete(id);
    });
    thread.once("error", (error: Error) => this.#fail(thread, error));
    thread.once("exit", () => this.#fail(thread, new Error("The thread that coaches has ended.")));
    return thread;
  }

  /** The next who asks gets another thread. */
  #fail(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
