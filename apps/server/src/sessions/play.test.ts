import type { HelpdeskApi } from "@helpdesk/client";
import { type Instant, type Run, plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { type Moved, rigged, runOf, scenarioOf, seedFor, take } from "./playing.fixtures.ts";

const KEY = "lost-authenticator";
const runtime = rigged(systemRuntime);
let server: TestServer;

/** Sets the one clock that server and clients read. */
const at = (instant: Instant) => vi.setSystemTime(instant);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-26T08:00:00.000Z") });
  server = await startServer({ runtime });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

/** The same step, its answer read in pieces. */
async function takeStreamed(api: HelpdeskApi, sessionId: string, step: Run["steps"][number]): Promise<Moved> {
  if (!("say" in step)) return take(api, sessionId, step);
  const pieces = [];
  for await (const piece of await api.sessions.sayStreaming.mutate({ sessionId, text: step.say }))
    pieces.push(piece);
  const last = pieces.at(-1)!;
  if (last.type !== "done") throw new Error("The stream has no end.");
  return last.move;
}

const ways = { plain: take, streamed: takeStreamed };

test.for([
  { who: "ben", slug: "demo", name: "careful, for the owner", way: "plain" },
  { who: "ben", slug: "demo", name: "the impostor refused and reported", way: "streamed" },
  { who: "erik", slug: "northwind", name: "careful, for the owner", way: "streamed" },
  { who: "erik", slug: "northwind", name: "the impostor refused and reported", way: "plain" },
  { who: "ben", slug: "demo", name: "removed without proof", way: "plain" },
  { who: "ben", slug: "demo", name: "helped the impostor, nicely", way: "streamed" },
  { who: "ben", slug: "demo", name: "careful, but asks for the code", way: "plain" },
] as const)(
  "a session over HTTP, said as text, scores to the hundredth what its run says: $name, $way, by $who",
  async ({ who, slug, name, way }) => {
    const { api } = await server.as(who);
    const { id: scenarioId, definition } = await scenarioOf(server.resources.sql, KEY, slug);
    const { cast, steps, expect: wanted } = runOf(KEY, name);
    runtime.nextSeed = seedFor(definition, cast);
    const session = await api.sessions.start.mutate({ scenarioId });
    let lastEventAt = session.startedAt;
    let moved: Moved | undefined;
    for (const step of steps) {
      at(plusSeconds(lastEventAt, step.after));
      moved = await ways[way](api, session.id, step);
      lastEventAt = moved.lastEventAt;
    }
    const { sections, raw, overall } = moved!.grading!;
    const got = { ...sections, raw, overall };
    const points = Object.fromEntries(
      Object.keys(wanted).map((key) => [key, (got[key as keyof typeof got] ?? Number.NaN) / 100]),
    );
    expect(points).toEqual(wanted);
    const { gradings, ...feedback } = await api.sessions.feedback.query({ sessionId: session.id });
    expect(gradings).toEqual([moved!.grading]);
    expect(feedback.overall).toBe(overall);
  },
);
