import {
  type OutboxRow,
  arrayLiteral,
  findOldestEvent,
  listBelongings,
  listEvents,
  outboxBeginning,
  outboxPage,
} from "@helpdesk/db";
import { type Belonging, apart, canSee } from "@helpdesk/domain";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { follow } from "../realtime/follow.ts";
import { laterOf, readMoment } from "../realtime/moment.ts";
import { MOST_AMONG, listAmong } from "../tickets/list.ts";
import { ticketSummarySchema } from "../tickets/view.ts";
import { askedBySeen } from "./tickets.ts";

export const viewChangeSchema = z.object({
  /** Tickets that are in the view now and have changed: new in it, or not as they were. */
  changed: z.array(ticketSummarySchema),
  /** Tickets that have changed and are not in the view: those that were in it have left. */
  left: z.array(z.string()),
  /** What happened is more than can be told, or too long ago, or the view is another: read it again. */
  isReset: z.boolean(),
});
export type ViewChange = z.output<typeof viewChangeSchema>;

/** A view is looked at no more often: what happens meanwhile is told together. */
const LOOK_EVERY_MS = 100;
/** Another view, or none any more, is noticed after that without any change of a ticket. */
const LOOK_AGAIN_MS = 10_000;

/**
 * The tickets that come into a view, leave it or change in it. Each change is told once, as the state it led to; the
 * order is by time. @throws RefusalError `view.not_found`, `cursor.invalid`, `stream.limit_reached`.
 */
export async function* onViewChange(
  ctx: Context,
  { viewId, lastEventId }: { viewId: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<ViewChange>, void> {
  const { realtime } = ctx.request.resources;
  let since = lastEventId == null ? null : readMoment(lastEventId);
  let isFirst = true;
  let lookedBy = "";
  const topic = `tickets:${ctx.actor.organizationId}` as const;
  const pace = { everyMs: LOOK_EVERY_MS };
  yield* follow(
    ctx,
    signal,
    [topic],
    async (now) => {
      const { conditions, ...order } = await askedBySeen(now, viewId);
      const { permissions, departmentIds } = now.actor;
      const by = JSON.stringify([conditions, order, [...permissions].sort(), [...departmentIds].sort()]);
      // The last id may be of another process, which has looked later than this one.
      const until = since === null ? realtime.snapshot : laterOf(since, realtime.snapshot);
      const events = since === null ? [] : await eventsBetween(now, since, until, isFirst);
      const isReset = events === null || (lookedBy !== "" && lookedBy !== by);
      const change = isReset ? reset : await changeBy(now, conditions, order, events);
      const isSilent = !isFirst && !isReset && change.changed.length === 0 && change.left.length === 0;
      [since, isFirst, lookedBy] = [until, false, by];
      return { messages: isSilent ? [] : [tracked(until, change)], againInMs: LOOK_AGAIN_MS };
    },
    pace,
  );

  /** Null where they are too many, or may be gone already. Read once for all streams that were told at the same time. */
  async function eventsBetween(
    { read }: Context,
    from: string,
    to: string,
    mayBeGone: boolean,
  ): Promise<OutboxRow[] | null> {
    if (from === to) return [];
    if (mayBeGone) {
      const oldest = await findOldestEvent.first(read);
      if (!oldest || BigInt(from.split(":", 1)[0]!) < BigInt(oldest.transactionId)) return null;
    }
    const rows = await realtime.topics.shared(topic, `${from} ${to}`, () =>
      listEvents(read, { ...outboxBeginning, since: from, until: to }),
    );
    const ofTickets = rows.filter(({ sequence }) => sequence !== null);
    const isTooMuch = new Set(ofTickets.map(({ ticketId }) => ticketId)).size > MOST_AMONG;
    return isTooMuch || rows.length === outboxPage ? null : ofTickets;
  }
}

const reset: ViewChange = { changed: [], left: [], isReset: true };

async function changeBy(
  ctx: Context,
  conditions: Parameters<typeof listAmong>[1],
  order: Parameters<typeof listAmong>[2],
  events: readonly OutboxRow[],
): Promise<ViewChange> {
  const byTicket = Map.groupBy(events, ({ ticketId }) => ticketId!);
  const changed = await listAmong(ctx, conditions, order, [...byTicket.keys()]);
  const inView = new Set(changed.map(({ id }) => id));
  const others = [...byTicket.keys()].filter((id) => !inView.has(id));
  if (others.length === 0) return { changed, left: [], isReset: false };
  const belongings = await listBelongings(ctx.read, { ids: arrayLiteral(others) });
  const left = belongings
    .filter((ticket) => couldSee(ctx, ticket, byTicket.get(ticket.id)!))
    .map(({ id }) => id);
  return { changed, left, isReset: false };
}

/** Whether the actor sees the ticket, or saw it before some of these events: of others not even the id is told. */
function couldSee({ actor }: Context, ticket: Belonging, events: readonly OutboxRow[]): boolean {
  let then = ticket;
  if (canSee(actor, then)) return true;
  return events
    .toSorted((a, b) => b.sequence! - a.sequence!)
    .some(({ changes: { department, assignee, cc } }) => {
      then = {
        ...then,
        ...(department && { departmentId: department.from?.id ?? null }),
        ...(assignee && { assigneeId: assignee.from?.id ?? null }),
        ...(cc && { ccIds: apart(cc.from) }),
      };
      return canSee(actor, then);
    });
}
