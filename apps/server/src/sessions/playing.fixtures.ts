import { readFileSync } from "node:fs";
import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { type Run, type Scenario, drawCast, runsSchema } from "@helpdesk/domain";
import type { Sql } from "@helpdesk/db";
import { parse } from "yaml";
import type { Runtime } from "../runtime.ts";

export type Moved = RouterOutputs["sessions"]["say"];

const scenarios = new URL("../../../../packages/domain/scenarios/", import.meta.url);

/** A rehearsed run of a scenario, by a part of its name. */
export function runOf(key: string, name: string): Run {
  const { runs } = runsSchema.parse(parse(readFileSync(new URL(`${key}.runs.yaml`, scenarios), "utf8")));
  const run = runs.find((each) => each.name.includes(name));
  if (!run) throw new Error(`${key} has no run called ${name}.`);
  return run;
}

/** A runtime whose next session has whom a test wants for its customer. */
export function rigged(runtime: Runtime): Runtime & { nextSeed: string | null } {
  const own = {
    ...runtime,
    nextSeed: null as string | null,
    randomBytes(size: number): Buffer {
      const seed = own.nextSeed;
      if (seed === null || size * 2 !== seed.length) return runtime.randomBytes(size);
      own.nextSeed = null;
      return Buffer.from(seed, "hex");
    },
  };
  return own;
}

/** A seed that draws this one of the cast; from another number on it is another seed. */
export function seedFor({ cast }: Pick<Scenario, "cast">, castId: string, from = 0): string {
  for (let i = from; ; i += 1) {
    const seed = i.toString(16).padStart(32, "0");
    if (drawCast(seed, cast).id === castId) return seed;
  }
}

export interface ActiveScenario {
  id: string;
  definition: Scenario;
}

/** The active revision of a scenario in an organization. */
export async function scenarioOf(sql: Sql, key: string, slug = "demo"): Promise<ActiveScenario> {
  const [row] = await sql<ActiveScenario[]>`
    select c.id, c.definition from scenarios c
    join organizations o on o.id = c.organization_id and o.slug = ${slug}
    where c.key = ${key} and c.state = 'active'`;
  if (!row) throw new Error(`${slug} has no active scenario ${key}.`);
  return row;
}

/** Makes a step of a run in a session. */
export function take(
  { sessions }: HelpdeskApi,
  sessionId: string,
  step: Run["steps"][number],
): Promise<Moved> {
  if ("say" in step) return sessions.say.mutate({ sessionId, text: step.say });
  if ("use" in step) return sessions.useTool.mutate({ sessionId, tool: step.use });
  if ("open" in step) return sessions.openArticle.mutate({ sessionId, article: step.open });
  if ("hint" in step) return sessions.takeHint.mutate({ sessionId, level: step.hint });
  if ("note" in step) return sessions.writeNote.mutate({ sessionId, fields: step.note });
  if ("cause" in step) return sessions.pickRootCause.mutate({ sessionId, option: step.cause });
  if ("escalate" in step) return sessions.escalate.mutate({ sessionId, reason: step.escalate });
  if ("refuse" in step) return sessions.refuse.mutate({ sessionId, reason: step.refuse });
  return step.end === "resolve"
    ? sessions.resolve.mutate({ sessionId })
    : sessions.abandon.mutate({ sessionId });
}

/** The code a call was refused with, or `ok`. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );
