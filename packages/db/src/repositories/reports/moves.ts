import { type SQL, sql } from "drizzle-orm";
import type { P } from "./facts.ts";

const from = sql.raw("h.changes -> 'status' -> 'from' ->> 'id'");
const to = sql.raw("h.changes -> 'status' -> 'to' ->> 'id'");

/** The keys of some statuses, read once a statement. */
const keys = (p: P, which: string): SQL => sql`(select array(
  select s.key from ticket_statuses s where s.organization_id = ${p.organizationId} and ${sql.raw(which)}))::text[]`;

const comesTo = (p: P, which: string): SQL =>
  sql`(${to} = any(${keys(p, which)}) and not ${from} = any(${keys(p, which)}))`;

/** History called `h` that moves a ticket between statuses. A merge is none. */
export const isMove = (p: P): SQL =>
  sql`h.organization_id = ${p.organizationId} and h.kind = 'status_changed'`;

/** What a move does. */
export const becomesResolved = (p: P): SQL => comesTo(p, "s.is_resolved");
export const becomesOpen = (p: P): SQL => comesTo(p, "not s.is_resolved");
export const becomesClosed = (p: P): SQL => comesTo(p, "s.category = 'closed'");
