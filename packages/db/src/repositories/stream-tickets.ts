import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command } from "../statement.ts";

export interface StreamTicketRow {
  userId: string;
  authSessionId: string | null;
  secretId: string | null;
}

export const insertStreamTicket = command<
  StreamTicketRow & { id: string; ticketHash: string; expiresAt: Instant },
  never
>(
  (p) => sql`
    insert into stream_tickets (organization_id, id, user_id, ticket_hash, auth_session_id, secret_id, expires_at)
    values (${p.organizationId}, ${p.id}, ${p.userId}, ${p.ticketHash}, ${p.authSessionId}, ${p.secretId}, ${p.expiresAt})`,
);

/** Uses a ticket up: of any number at once one gets a row, and none once it is over. */
export const takeStreamTicket = command<{ ticketHash: string; now: Instant }, StreamTicketRow>(
  (p) => sql`
    with taken as (
      delete from stream_tickets
      where organization_id = ${p.organizationId} and ticket_hash = ${p.ticketHash}
      returning user_id, auth_session_id, secret_id, expires_at)
    select user_id as "userId", auth_session_id as "authSessionId", secret_id as "secretId"
    from taken where expires_at > ${p.now}::timestamptz`,
);
