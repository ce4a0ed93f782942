import type { Sql } from "../../connection.ts";

const grown =
  "users, tickets, ticket_texts, ticket_comments, ticket_history, ticket_tags, ticket_cc, sla_cycles, kb_articles, import_keys";

/**
 * Has the planner look at tables that grow by an import, over all organizations: what checks references was planned
 * while they were small, and would go on reading them whole until autovacuum comes by. A table that somebody keeps from
 * being looked at is passed over.
 */
export async function analyzeGrown(sql: Sql): Promise<void> {
  await sql.unsafe(`analyze (skip_locked) ${grown}`);
}
