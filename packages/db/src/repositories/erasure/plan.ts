import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../../statement.ts";

/** What an erasure would delete or empty, by table; who is named in others' texts is found when it is done. */
export const countErasable = query<{ userId: string; email: string }, { counts: Record<string, number> }>(
  (p) => {
    const own = (columns: SQL, table: string, which: SQL): SQL => sql`
    select ${columns} from ${sql.raw(table)} x where x.organization_id = ${p.organizationId} and ${which}`;
    const count = (table: string, which: SQL): SQL => sql`(${own(sql`count(*)`, table, which)})`;
    const isOf = (column: string, id: SQLWrapper = p.userId) => sql`${sql.raw(`x.${column}`)} = ${id}::uuid`;
    const ofTickets = (column: string): SQL => sql`${sql.raw(`x.${column}`)} in (
    select t.id from tickets t where t.organization_id = ${p.organizationId} and t.customer_id = ${p.userId}::uuid
      and not t.is_simulated)`;
    return sql`
    select jsonb_build_object(
      'tickets', ${count("tickets", sql`${isOf("customer_id")} and not x.is_simulated`)},
      'ticket_comments', ${count("ticket_comments", ofTickets("ticket_id"))},
      'attachments', ${count("attachments", ofTickets("ticket_id"))},
      'ticket_ratings', ${count("ticket_ratings", sql`${ofTickets("ticket_id")} and x.comment is not null`)},
      'ticket_reviews', ${count("ticket_reviews", sql`(${ofTickets("ticket_id")} or ${isOf("agent_id")})`)},
      'inbound_mails', ${count(
        "inbound_mails",
        sql`(${ofTickets("ticket_id")} or ${isOf("user_id")} or x.from_address = ${p.email}::text)`,
      )},
      'notifications', ${count("notifications", isOf("user_id"))},
      'auth_sessions', ${count("auth_sessions", isOf("user_id"))},
      'api_keys', ${count("api_keys", isOf("owner_id"))},
      'training_sessions', ${count("training_sessions", isOf("user_id"))},
      'certificates', ${count("certificates", isOf("user_id"))},
      'views', ${count("views", isOf("owner_id"))},
      'saved_reports', ${count("saved_reports", isOf("owner_id"))}) as counts`;
  },
);
