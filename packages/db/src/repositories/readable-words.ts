import { type SQL, and, eq, isNull, not, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";
import { onCustomersSide, ticketScopes } from "./ticket-scope.ts";
import { t } from "./ticket-summary.ts";

interface Asked {
  readerId: string;
  departmentIds: string;
  /** Whether the reader's role sees notes; the customer's side of a ticket never does. */
  notes: boolean;
  /** A JSON array. */
  words: string;
}

type P = Params<Asked>;
type Scope = Exclude<TicketScope, "none">;

/** So many texts with a word are looked at, and so many of a customer's tickets: whether a word is there, and about how often. */
const MAX_TEXTS = sql.raw("2000");
const MAX_TICKETS = sql.raw("1000");

const seen = (p: P, scope: Scope): SQL =>
  and(
    eq(t.organizationId, p.organizationId),
    not(t.isSimulated),
    isNull(t.archivedAt),
    ticketScopes[scope](p),
  )!;

/** A customer's tickets are few, and other people's no concern: their texts are read through. */
const own = (p: P): { texts: SQL; count: SQL } => ({
  texts: sql`
    with own as materialized (
      select t.id from tickets t where ${seen(p, "own")} order by t.created_at desc, t.id desc limit ${MAX_TICKETS}),
    texts as materialized (
      select x.search from own join ticket_texts x on x.organization_id = ${p.organizationId} and x.ticket_id = own.id
      union all
      select c.search from own join ticket_comments c on c.organization_id = ${p.organizationId}
        and c.ticket_id = own.id and c.visibility = 'public')`,
  count: sql`select count(*)::int as count from texts x where x.search @@ w.query`,
});

/** Texts with the word come from the indexes. */
const others = (p: P, scope: Scope): { texts: SQL; count: SQL } => ({
  texts: sql``,
  count: sql`
    select count(*)::int as count from (
      (select x.ticket_id, false as is_note from ticket_texts x
        where x.organization_id = ${p.organizationId} and x.search @@ w.query limit ${MAX_TEXTS})
      union all
      (select c.ticket_id, c.visibility <> 'public' from ticket_comments c
        where c.organization_id = ${p.organizationId} and c.search @@ w.query limit ${MAX_TEXTS})) x
    join tickets t on t.organization_id = ${p.organizationId} and t.id = x.ticket_id
    where ${seen(p, scope)} and (not x.is_note or (${p.notes}::boolean and not (${onCustomersSide(p)})))`,
});

/** Those of some words that texts have which the reader may read, and about how many. */
export const findReadableWords = shaped((scope: Scope) =>
  query<Asked, { word: string; count: number }>(
    (p) => {
      const { texts, count } = scope === "own" ? own(p) : others(p, scope);
      return sql`
        ${texts}
        select w.word, n.count
        from (select j as word, plainto_tsquery('simple', j) as query
          from jsonb_array_elements_text((${p.words}::text)::jsonb) j offset 0) w
        cross join lateral (${count}) n
        where n.count > 0`;
    },
    { isRare: true },
  ),
);
