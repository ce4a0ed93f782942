import type { HelpdeskApi } from "@helpdesk/client";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import { systemRuntime } from "@helpdesk/server";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Moved, rigged, runOf, scenarioOf, seedFor, take } from "./playing.fixtures.ts";

const KEY = "lost-authenticator";
const runtime = rigged(systemRuntime);
let server: TestServer;
let ben: HelpdeskApi;

/** Sets the one clock that server and clients read. */
const at = (instant: Instant) => vi.setSystemTime(instant);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-26T08:00:00.000Z") });
  server = await startServer({ runtime });
  ben = (await server.as("ben")).api;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

async function started(castId: string) {
  const { id: scenarioId, definition } = await scenarioOf(server.resources.sql, KEY);
  runtime.nextSeed = seedFor(definition, castId);
  return ben.sessions.start.mutate({ scenarioId });
}

test.for([["careful, for the owner"], ["the impostor refused and reported"], ["removed without proof"]])(
  "a session over HTTP, said as text, scores what its run says: %s",
  async ([name]) => {
    const { cast, steps, expect: wanted } = runOf(KEY, name!);
    const session = await started(cast);
    let lastEventAt = session.startedAt;
    let moved: Moved | undefined;
    for (const step of steps) {
      at(plusSeconds(lastEventAt, step.after));
      moved = await take(ben, session.id, step);
      lastEventAt = moved.lastEventAt;
    }
    const { sections, raw, overall } = moved!.grading!;
    const got = { ...sections, raw, overall };
    const points = Object.fromEntries(
      Object.keys(wanted).map((key) => [key, (got[key as keyof typeof got] ?? NaN) / 100]),
    );
    expect(points).toEqual(wanted);
  },
);
