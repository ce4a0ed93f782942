import { listPastTickets, listRulesChanges } from "@helpdesk/db";
import { compareClocks, dueCacheOf, foldClocks, rulesBy } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import type { Rebuilt } from "./view.ts";

const ORDER = "id";
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Folds the clocks of a page of tickets from their history, by the rules that each of its lines was decided by, and
 * compares them with what is stored; nothing is written.
 * Only tickets with a difference are listed. @throws RefusalError `cursor.invalid`.
 */
export async function rebuild(
  { desk, now, read }: Context,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<{ items: Rebuilt[]; nextCursor: string | null }> {
  const after = cursor == null ? FIRST : fromCursor(cursor, ORDER).id;
  const rows = await listPastTickets(read, { afterId: after, limit: fetchSize(limit) });
  const page = rows.slice(0, limit);
  const rulesOf = rulesBy(await listRulesChanges(read));
  const items = page.map((ticket) => {
    const { cycles } = foldClocks(desk, ticket, { ...ticket, rulesOf }, now);
    const stale = Object.entries(dueCacheOf(ticket.cycles)).filter(
      ([field, due]) => ticket[field as keyof typeof ticket] !== due,
    );
    return {
      ticketId: ticket.id,
      differences: compareClocks(ticket.cycles, cycles, now),
      staleDueInstants: stale.map(([field]) => field),
    };
  });
  const last = page.at(-1);
  return {
    items: items.filter(
      ({ differences, staleDueInstants }) => differences.length + staleDueInstants.length > 0,
    ),
    nextCursor: last && rows.length > limit ? toCursor({ order: ORDER, value: now, id: last.id }) : null,
  };
}
