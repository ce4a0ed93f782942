import { type ScenarioFilter, listScenarios } from "@helpdesk/db";
import { type Difficulty, type ScenarioState, demand, difficulties, refuse } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize } from "../cursor.ts";
import { type ScenarioView, type completions, toScenario } from "./view.ts";

export interface ListInput {
  state: ScenarioState;
  difficulty?: Difficulty | undefined;
  skill?: string | undefined;
  completion?: (typeof completions)[number] | undefined;
  search?: string | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

const positionSchema = z.tuple([z.enum(difficulties), z.string().max(100), z.uuid()]);

/** The scenarios there are to practise, easy ones first; drafts and retired ones for authors. @throws RefusalError `cursor.invalid`. */
export async function list(
  ctx: Context,
  { state, limit, cursor, ...asked }: ListInput,
): Promise<{ items: ScenarioView[]; nextCursor: string | null }> {
  if (state !== "active") demand(ctx.actor, "scenario.manage");
  const filters: ScenarioFilter[] = [];
  if (asked.difficulty !== undefined) filters.push("difficulty");
  if (asked.skill !== undefined) filters.push("skill");
  if (asked.search !== undefined) filters.push("search");
  if (asked.completion !== undefined) filters.push(asked.completion);
  const after = cursor == null ? null : fromCursor(cursor);
  if (after) filters.push("after");
  const rows = await listScenarios(fetchSize(limit), filters)(ctx.read, {
    userId: ctx.actor.userId,
    state,
    difficulty: asked.difficulty ?? null,
    skill: asked.skill ?? null,
    pattern: asked.search === undefined ? null : `%${asked.search.replaceAll(/[\\%_]/g, "\\$&")}%`,
    afterDifficulty: after?.[0] ?? null,
    afterTitle: after?.[1] ?? null,
    afterId: after?.[2] ?? null,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toScenario),
    nextCursor:
      last && rows.length > page.length ? toCursor([last.difficulty, last.sortTitle, last.id]) : null,
  };
}

type Position = z.output<typeof positionSchema>;

const toCursor = (position: Position): string => Buffer.from(JSON.stringify(position)).toString("base64url");

function fromCursor(cursor: string): Position {
  try {
    const [difficulty, title, id] = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")),
    );
    if (!title.includes("\0") && title.isWellFormed()) return [difficulty, title, id];
  } catch {
    // Whatever is wrong with it, it is not ours.
  }
  return refuse({ code: "cursor.invalid" });
}
