import { type SessionSummaryRow, listSessions } from "@helpdesk/db";
import { type Difficulty, ledBy, supervisionScope } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { gradingSchema, sessionSummarySchema, toGrading, toSummaryView } from "./view.ts";

const ORDER = "sessions";
const BEGINNING = { value: "9999-12-31T23:59:59.999Z", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

export const listedSchema = sessionSummarySchema.extend({
  /** The current one; null while it is played. */
  grading: gradingSchema.nullable(),
});
export type Listed = z.output<typeof listedSchema>;

interface List {
  whose: "mine" | "supervised";
  userId?: string;
  scenario?: string;
  difficulty?: Difficulty;
  state?: "active" | "ended";
  clock?: "real" | "virtual";
  limit: number;
  cursor?: string | null;
}

/** Sessions, the latest first: one's own, or those of the people one trains. @throws RefusalError `cursor.invalid`. */
export async function list(
  ctx: Context,
  input: List,
): Promise<{ items: Listed[]; nextCursor: string | null }> {
  const after = input.cursor == null ? BEGINNING : fromCursor(input.cursor, ORDER);
  const scope = input.whose === "mine" ? "own" : supervisionScope(ctx.actor);
  if (scope === "none") return { items: [], nextCursor: null };
  const rows = await listSessions(scope)(ctx.read, {
    readerId: ctx.actor.userId,
    ledIds: `{${ledBy(ctx.actor.userId, ctx.desk.departments).join(",")}}`,
    userId: input.userId ?? null,
    key: input.scenario ?? null,
    difficulty: input.difficulty ?? null,
    isActive: input.state === undefined ? null : input.state === "active",
    isVirtual: input.clock === undefined ? null : input.clock === "virtual",
    afterValue: after.value,
    afterId: after.id,
    limit: fetchSize(input.limit),
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toListed),
    nextCursor:
      last && rows.length > page.length
        ? toCursor({ order: ORDER, value: last.startedAt, id: last.id })
        : null,
  };
}

const toListed = ({ grading, ...row }: SessionSummaryRow): Listed => ({
  ...toSummaryView(row),
  grading: grading && toGrading(grading),
});
