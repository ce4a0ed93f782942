import {
  type OutboxRow,
  type Sql,
  hasOutboxCursor,
  holdWebhooks,
  insertDeliveries,
  moveOutboxCursor,
  noOrganization,
  outboxBeginning,
  outboxPage,
  read,
  readOutbox,
  takeOutboxCursor,
  transact,
} from "@helpdesk/db";
import { plusSeconds, wants, webhookLimits } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

/** Where the reading of the outbox for webhooks stands. */
export const CURSOR = "webhooks";

/** Of one statement: all webhooks of an organization may want a whole page, and each statement has its time. */
const ROWS = 2_000;

interface FanningOut {
  sql: Sql;
  runtime: Runtime;
}

interface TicketEventRow extends OutboxRow {
  ticketId: string;
  sequence: number;
}

const isOfTicket = (row: OutboxRow): row is TicketEventRow => row.ticketId !== null && row.sequence !== null;

/**
 * Makes the deliveries of a page of the outbox and moves the cursor on, in one transaction: each event is met once,
 * whoever dies. Any number may try at once; one does it. Returns whether there is more at once.
 */
export async function fanOut({ sql, runtime }: FanningOut): Promise<boolean> {
  // Nobody has a webhook: nothing to lock.
  if (!(await hasOutboxCursor.first(read(sql, noOrganization), { name: CURSOR }))) return false;
  return transact(sql, noOrganization, async (unit) => {
    const cursor = await takeOutboxCursor.first(unit, { name: CURSOR });
    if (!cursor) return false;
    const page = await readOutbox(unit, cursor);
    const rows = page.filter(({ id }) => id !== null) as OutboxRow[];
    const events = rows.filter(isOfTicket);
    if (events.length > 0) {
      const organizationIds = `{${[...new Set(events.map((event) => event.organizationId))].join(",")}}`;
      const webhooks = Map.groupBy(
        await holdWebhooks(unit, { organizationIds }),
        ({ organizationId }) => organizationId,
      );
      const at = runtime.now();
      const giveUpAt = plusSeconds(at, webhookLimits.tryForSeconds);
      const deliveries = events.flatMap((event) =>
        (webhooks.get(event.organizationId) ?? [])
          .filter((webhook) => wants(webhook, event))
          .map((webhook) => ({
            organizationId: event.organizationId,
            id: runtime.newId(),
            webhookId: webhook.id,
            eventId: event.id,
            subjectId: event.ticketId,
            sequence: event.sequence,
            kind: event.kind,
            eventAt: event.at,
            at,
            giveUpAt,
          })),
      );
      for (let from = 0; from < deliveries.length; from += ROWS)
        await insertDeliveries(unit, { rows: JSON.stringify(deliveries.slice(from, from + ROWS)) });
    }
    const until = cursor.until ?? page[0]!.snapshot!;
    const last = rows.length < outboxPage ? undefined : rows.at(-1)!;
    await moveOutboxCursor(unit, {
      name: CURSOR,
      ...(last
        ? { since: cursor.since, until, afterTransactionId: last.transactionId, afterId: last.id }
        : { since: until, ...outboxBeginning }),
    });
    return last !== undefined;
  });
}
