import { type ReviewSet, arrayLiteral, listReviews } from "@helpdesk/db";
import { ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type ReviewSummary, toSummary } from "./view.ts";

interface Asked {
  agentId?: string | undefined;
  reviewerId?: string | undefined;
  ticketId?: string | undefined;
  isAcknowledged?: boolean | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

interface ReviewPage {
  items: ReviewSummary[];
  nextCursor: string | null;
}

/** A page of the reviews of tickets that the actor sees, the newest first. @throws RefusalError `cursor.invalid`. */
export async function list(ctx: Context, asked: Asked): Promise<ReviewPage> {
  const scope = ticketScope(ctx.actor);
  return scope === "none" ? { items: [], nextCursor: null } : page(ctx, scope, asked);
}

/** A page of what was said about the actor's own work. @throws RefusalError `cursor.invalid`. */
export const mine = (ctx: Context, asked: Asked): Promise<ReviewPage> => page(ctx, "mine", asked);

async function page(ctx: Context, set: ReviewSet, asked: Asked): Promise<ReviewPage> {
  const { limit, cursor } = asked;
  const after = cursor == null ? null : fromCursor(cursor, "reviews");
  const rows = await listReviews(set, fetchSize(limit))(ctx.read, {
    readerId: ctx.actor.userId,
    departmentIds: arrayLiteral(ctx.actor.departmentIds),
    agentId: asked.agentId ?? null,
    reviewerId: asked.reviewerId ?? null,
    ticketId: asked.ticketId ?? null,
    isAcknowledged: asked.isAcknowledged ?? null,
    afterValue: after?.value ?? null,
    afterId: after?.id ?? null,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor({ order: "reviews", value: last.createdAt, id: last.id }) : null;
  return { items: items.map((row) => toSummary(row, ctx.actor)), nextCursor };
}
