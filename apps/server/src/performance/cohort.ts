import { type CohortRow, listCohort } from "@helpdesk/db";
import { supervisionScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize } from "../cursor.ts";
import { fromEmailCursor, toEmailCursor } from "../identity/email-cursor.ts";
import type { Member } from "./view.ts";

interface Asked {
  departmentId: string | null;
  limit: number;
  cursor?: string | null | undefined;
}

/** The people whose training the actor supervises, in the order of their addresses. @throws RefusalError `cursor.invalid`. */
export async function cohort(
  ctx: Context,
  { departmentId, limit, cursor }: Asked,
): Promise<{ items: Member[]; nextCursor: string | null }> {
  const rows = await listCohort(ctx.read, {
    readerId: ctx.actor.userId,
    isEverybody: supervisionScope(ctx.actor) === "organization",
    departmentId,
    afterEmail: cursor == null ? null : fromEmailCursor(cursor),
    limit: fetchSize(limit),
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toMember),
    nextCursor: last && rows.length > page.length ? toEmailCursor(last.email) : null,
  };
}

function toMember(row: CohortRow): Member {
  const { email: _, ...member } = row;
  return member;
}
