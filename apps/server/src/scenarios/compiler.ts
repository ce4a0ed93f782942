import { Worker } from "node:worker_threads";
import { digestOf } from "@helpdesk/db";
import {
  type KnownPeople,
  type ResolvedTicket,
  type Scenario,
  type ScenarioDraft,
  type TextProblem,
  refuse,
} from "@helpdesk/domain";

/** A scenario that may be played, with what its recogniser has learned; or all that is wrong with its text. */
export type Compiled =
  | { definition: Scenario; weights: Record<string, unknown> }
  | { problems: TextProblem[] };

/** The longest text. */
export const MAX_SCENARIO_BYTES = 256 * 1024;
const FORMAT = "helpdesk.scenario/1";
const COMPILE = new URL("./compile-thread.ts", import.meta.url);
const DRAFT = new URL("./draft-thread.ts", import.meta.url);
const DEADLINE_MS = 30_000;
const MAX_MEMORY_MB = 256;
const AT_ONCE = 2;
const MAX_WAITING = 20;

const problem = (message: string): Compiled => ({ problems: [{ path: "", message, line: null }] });

/** Makes scenarios of texts, a few at a time, each in a thread of its own: requests do not wait for it, and no text takes more than its time and memory. */
export class ScenarioCompiler {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param isDryRun leaves out the learning. @throws RefusalError `service.unavailable` where too many wait. */
  async compile(text: string, { isDryRun = false } = {}): Promise<Compiled> {
    if (!text.includes(FORMAT)) return problem(`This is no scenario: it has no \`format: ${FORMAT}\`.`);
    return this.#inTurn(() => inThread(COMPILE, { text, isDryRun }, problem));
  }

  /** A draft of a scenario from a ticket. @throws RefusalError `service.unavailable`. */
  draft(ticket: ResolvedTicket, known: KnownPeople): Promise<ScenarioDraft> {
    const failed = () => refuse({ code: "service.unavailable" });
    return this.#inTurn(() => inThread<ScenarioDraft>(DRAFT, { ticket, known }, failed));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= MAX_WAITING) refuse({ code: "service.unavailable" });
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  /** The scenario of a text. @throws RefusalError `scenario.invalid`, `service.unavailable`. */
  async expect(text: string): Promise<{ definition: Scenario; definitionHash: string; weights: object }> {
    const compiled = await this.compile(text);
    if ("problems" in compiled) return refuse({ code: "scenario.invalid", ...compiled });
    return { ...compiled, definitionHash: digestOf(compiled.definition) };
  }
}

/** What a thread's file says of `data`; `failed` where it takes more than its time or memory. */
async function inThread<T>(file: URL, data: object, failed: (message: string) => T): Promise<T> {
  const thread = new Worker(file, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  });
  let deadline: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const fail = (message: string) => {
        try {
          resolve(failed(message));
        } catch (error) {
          reject(error as Error);
        }
      };
      deadline = setTimeout(() => fail("It takes too long to read."), DEADLINE_MS);
      thread.once("message", resolve);
      thread.once("error", (error: Error & { code?: string }) =>
        error.code === "ERR_WORKER_OUT_OF_MEMORY" || error instanceof RangeError
          ? fail("It is too deep or too much to read.")
          : reject(error),
      );
    });
  } finally {
    clearTimeout(deadline);
    await thread.terminate();
  }
}
