import { buffer } from "node:stream/consumers";
import { plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { type TakenApart, takeApart } from "./archive.fixtures.ts";
import { type Claimed, claim } from "./claim.ts";
import { type Exporting, run } from "./run.ts";
import type { Export } from "./view.ts";

/** A server and a worker that takes one step at a time, by a clock that can be put forward. */
export interface Bench extends AsyncDisposable {
  server: TestServer;
  exporting: Exporting;
  pass(seconds: number): void;
  /** Claims and writes what is due, as one worker does in one look. */
  step(signal?: AbortSignal): Promise<Claimed | null>;
  /** Asks for an export, has it written and fetches it by its link. */
  exported(by: string, input?: { includesFiles?: boolean }): Promise<{ made: Export; archive: Buffer }>;
  takenApart(by: string, input?: { includesFiles?: boolean }): Promise<TakenApart>;
}

export async function openBench(env: Record<string, string> = {}): Promise<Bench> {
  let laterSeconds = 0;
  const runtime: Runtime = {
    ...systemRuntime,
    now: () => plusSeconds(systemRuntime.now(), laterSeconds),
  };
  const server = await startServer({ runtime, env: { ACCESS_TOKEN_SECONDS: "3600", ...env } });
  const exporting: Exporting = { ...server.resources, runtime };
  const bench: Bench = {
    server,
    exporting,
    pass: (seconds) => void (laterSeconds += seconds),
    async step(signal = new AbortController().signal) {
      const claimed = await claim(exporting, true);
      if (claimed) await run(exporting, claimed, signal);
      return claimed;
    },
    async exported(by, input = {}) {
      const { api } = await server.as(by);
      const { id } = await api.exports.create.mutate(input);
      await bench.step();
      const made = await api.exports.get.query({ exportId: id });
      if (made.state !== "ready") throw new Error(JSON.stringify(made));
      const { path } = await api.exports.createLink.mutate({ exportId: id });
      const response = await fetch(`${server.url}${path}`);
      if (!response.ok) throw new Error(await response.text());
      return { made, archive: await buffer(response.body!) };
    },
    takenApart: async (by, input) => takeApart((await bench.exported(by, input)).archive),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return bench;
}
