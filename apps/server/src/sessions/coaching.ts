import { Worker } from "node:worker_threads";
import type { Advice, NoReturn, SessionEvent, Setting } from "@helpdesk/domain";

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

/** A lesson that somebody waits for. */
interface Asked {
  userId: string;
  logHash: string;
  lesson: Lesson;
  timer: NodeJS.Timeout;
  resolve(coached: Coached | null): void;
  reject(error: Error): void;
}

const MOST_KNOWN = 500;
/** How long a lesson may wait for the thread, and how long it may then take; the thread's own start is no lesson's fault. */
const LIMITS = { waitMs: 5_000, takeMs: 10_000 };

/** What the thread tells: that it begins with a lesson, then what came of it. */
export type Told = "begins" | Coached;

/**
 * Plays ended sessions again, hundreds of times each, in a thread beside the requests; started when it is first asked.
 * What takes too long is given up, so that nobody waits for long behind somebody else's session.
 */
export class Coaching {
  readonly #limits: typeof LIMITS;
  #thread: Worker | undefined;
  /** What the thread is at. */
  #current: Asked | undefined;
  readonly #waiting: Asked[] = [];
  /** By the hash of the log, from which the same follows for ever; also that it takes too long. */
  readonly #known = new Map<string, Promise<Coached | null>>();

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /** What there is to say of a session; null where it was not made in time. One lesson a person waits, the last one asked for. */
  coach(userId: string, logHash: string, lesson: Lesson): Promise<Coached | null> {
    const coached = this.#known.get(logHash) ?? this.#ask(userId, logHash, lesson);
    this.#known.delete(logHash);
    this.#known.set(logHash, coached);
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    coached.catch(() => this.#known.delete(logHash));
    return coached;
  }

  async close(): Promise<void> {
    for (const asked of this.#waiting.toReversed()) this.#leave(asked);
    await this.#thread?.terminate();
  }

  #ask(userId: string, logHash: string, lesson: Lesson): Promise<Coached | null> {
    const before = this.#waiting.find((asked) => asked.userId === userId);
    if (before) this.#leave(before);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#leave(asked), this.#limits.waitMs);
      const asked: Asked = { userId, logHash, lesson, timer, resolve, reject };
      this.#waiting.push(asked);
      this.#next();
    });
  }

  /** Goes without having been begun; asked for again, it waits again. */
  #leave(asked: Asked): void {
    clearTimeout(asked.timer);
    this.#waiting.splice(this.#waiting.indexOf(asked), 1);
    this.#known.delete(asked.logHash);
    asked.resolve(null);
  }

  #next(): void {
    if (this.#current) return;
    const asked = this.#waiting.shift();
    if (!asked) return;
    clearTimeout(asked.timer);
    this.#current = asked;
    this.#thread ??= this.#start();
    this.#thread.postMessage(asked.lesson);
  }

  /** A lesson cannot be asked to stop: its thread is. */
  #limit(current: Asked): void {
    current.timer = setTimeout(() => {
      void this.#thread?.terminate();
      this.#thread = undefined;
      this.#done(({ resolve }) => resolve(null));
    }, this.#limits.takeMs);
  }

  #done(tell: (current: Asked) => void): void {
    const current = this.#current;
    this.#current = undefined;
    if (current) {
      clearTimeout(current.timer);
      tell(current);
    }
    this.#next();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./coaching-thread.ts", import.meta.url));
    thread.unref();
    thread.on("message", (told: Told) => {
      if (this.#thread !== thread) return;
      if (told === "begins") this.#limit(this.#current!);
      else this.#done(({ resolve }) => resolve(told));
    });
    thread.once("error", (error: Error) => this.#fail(thread, error));
    thread.once("exit", () => this.#fail(thread, new Error("The thread that coaches has ended.")));
    return thread;
  }

  /** The next lesson gets another thread. */
  #fail(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#done(({ reject }) => reject(error));
  }
}
