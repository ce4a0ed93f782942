import { type AssignmentFilter, listAssignments } from "@helpdesk/db";
import { type AssignmentState, supervisionScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type Assignment, toAssignment } from "./view.ts";

export interface ListInput {
  userId?: string | undefined;
  scenarioKey?: string | undefined;
  state?: AssignmentState | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

interface Page {
  items: Assignment[];
  nextCursor: string | null;
}

/** What those whom the actor supervises are to pass, the latest first. @throws RefusalError `cursor.invalid`. */
export const list = (ctx: Context, input: ListInput): Promise<Page> =>
  pageOf(ctx, input, supervisionScope(ctx.actor) === "organization" ? ["others"] : ["others", "supervised"]);

/** What the actor is to pass, the latest first; of what was taken back nothing. @throws RefusalError `cursor.invalid`. */
export const mine = (ctx: Context, input: ListInput): Promise<Page> =>
  pageOf(ctx, input, ["own", "not_cancelled"]);

const ORDER = "assignments";

async function pageOf(
  { actor, read, now }: Context,
  { userId, scenarioKey, state, limit, cursor }: ListInput,
  filters: AssignmentFilter[],
): Promise<Page> {
  if (userId !== undefined) filters.push("person");
  if (scenarioKey !== undefined) filters.push("scenario");
  if (state !== undefined) filters.push(state);
  const after = cursor == null ? null : fromCursor(cursor, ORDER);
  if (after) filters.push("after");
  const rows = await listAssignments(fetchSize(limit), filters)(read, {
    readerId: actor.userId,
    userId: userId ?? null,
    scenarioKey: scenarioKey ?? null,
    now,
    afterValue: after?.value ?? null,
    afterId: after?.id ?? null,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toAssignment(row, now)),
    nextCursor:
      last && rows.length > page.length
        ? toCursor({ order: ORDER, value: last.createdAt, id: last.id })
        : null,
  };
}
