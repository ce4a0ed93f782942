import type { HelpdeskClient } from "@helpdesk/client";
import type { TestServer } from "@helpdesk/testing/server";
import { type Moved, type rigged, runOf, scenarioOf, seedFor, take } from "./playing.fixtures.ts";

type Rigged = ReturnType<typeof rigged>;

let rehearsals = 0;

/** A rehearsed run, played over HTTP against the one of the cast that it is for, to its end or to just before it. */
export async function rehearse(
  { resources }: TestServer,
  runtime: Rigged,
  client: HelpdeskClient,
  [key, name]: [key: string, run: string],
  { isEnded = true } = {},
): Promise<Moved & { sessionId: string }> {
  const scenario = await scenarioOf(resources.sql, key);
  const run = runOf(key, name);
  runtime.nextSeed = seedFor(scenario.definition, run.cast, (rehearsals += 1000));
  const { id: sessionId } = await client.api.sessions.start.mutate({ scenarioId: scenario.id });
  let moved: Moved | undefined;
  for (const step of isEnded ? run.steps : run.steps.slice(0, -1))
    moved = await take(client.api, sessionId, step);
  return { ...moved!, sessionId };
}
