import { type SQL, and, eq, isNull, not, sql } from "drizzle-orm";
import type { Instant, MergeTarget, TicketScope, Visibility } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { type Params, query, shaped } from "../statement.ts";
import { mergeTarget } from "./merged-tickets.ts";
import { inCopyOf } from "./ticket-cc.ts";
import type { ConditionValues } from "./ticket-conditions.ts";
import { type ListFilter, askedFor } from "./ticket-list.ts";
import { ticketScopes } from "./ticket-scope.ts";
import { type TicketSummaryRow, breachedMetrics, people, t, ticketSummary } from "./ticket-summary.ts";

/** From so many texts on, a word is common: the newest tickets are read through rather than all that have it. */
export const COMMON_TEXTS = 2_000;

/** So many tickets are read through at a time. */
export const WINDOW_TICKETS = 1_000;

/** A term as PostgreSQL compares it, and how many texts of the organization have it: `COMMON_TEXTS` or more is many. */
export interface SearchTermRow {
  place: number;
  query: string;
  texts: number;
}

const textsWith = (p: Params<unknown>): SQL => sql`(select count(*) from (
  select from ticket_texts x where x.organization_id = ${p.organizationId} and x.search @@ q.query
  union all
  select from ticket_comments c where c.organization_id = ${p.organizationId} and c.search @@ q.query
  limit ${sql.raw(String(COMMON_TEXTS))}) n)`;

/** The terms (a JSON array of rows) that have words in them; counted where it is asked for. */
export const readSearchTerms = query<{ terms: string; isCounted: boolean }, SearchTermRow>(
  (p) => sql`
    select q.place, q.query::text as query, case when ${p.isCounted}::boolean then ${textsWith(p)} else 0 end as texts
    from (
      select r.place, case when numnode(w.words) = 0 then null
        when r."isPrefix" then (w.words::text || ':*')::tsquery else w.words end as query
      from ${recordset(p.terms, 'place int, text text, "isPrefix" boolean')},
        lateral (select phraseto_tsquery('simple', search_words(r.text)) as words offset 0) w offset 0) q
    where q.query is not null
    order by q.place`,
);

/** What makes two searches different statements. */
export interface SearchShape {
  scope: Exclude<TicketScope, "none">;
  order: "relevance" | "newest";
  /** Whether tickets are found by the driving term in the index, or read through from the newest on. */
  isDriven: boolean;
  /** Whether it goes on from a position. */
  after: boolean;
  /** Whether a ticket is asked for by its number, too. */
  isNumbered: boolean;
  limit: number;
  filters: ListFilter[];
  /** Whether it asks for tickets created from an instant on, and before one. */
  from: boolean;
  before: boolean;
}

export interface SearchValues extends ConditionValues {
  readerId: string;
  departmentIds: string;
  /** Whether the reader's role sees notes; the customer's side of a ticket never does. */
  notes: boolean;
  /** Terms as PostgreSQL compares them: JSON arrays of texts. All of `terms` are to be there, none of `excluded`. */
  terms: string;
  excluded: string;
  /** Any of the terms: what ranks a ticket and chooses what of it is shown. */
  any: string;
  /** The rarest term. */
  driver: string;
  number: number | null;
  /** In the order `newest` the last ticket shown; else where the window begins. */
  afterAt: Instant | null;
  afterId: string | null;
  offset: number;
  createdFrom: Instant | null;
  createdBefore: Instant | null;
}

/** A ticket that was found, with the texts that may have what was looked for: their beginnings. */
export interface FoundTicketRow extends TicketSummaryRow {
  isNumber: boolean;
  /** The ticket it is merged into, with what tells whether the reader may see it. */
  mergedInto: MergeTarget | null;
  description: string | null;
  comments: { id: string; visibility: Visibility; body: string }[];
}

type P = Params<SearchValues>;

/** What the reader may see and asked for, of tickets called `t`. */
const seen = (p: P, { scope, filters, from, before }: SearchShape): SQL =>
  and(
    eq(t.organizationId, p.organizationId),
    not(t.isSimulated),
    isNull(t.archivedAt),
    ticketScopes[scope](p),
    ...askedFor(p, filters),
    from ? sql`${t.createdAt} >= ${p.createdFrom}::timestamptz` : undefined,
    before ? sql`${t.createdAt} < ${p.createdBefore}::timestamptz` : undefined,
  )!;

/** A ticket `t` as the search looks at it. */
const looked = (p: P, isNumber: boolean): SQL => sql`
  t.id, t.created_at, ${sql.raw(String(isNumber))} as "isNumber", (${p.notes}::boolean
    and t.customer_id <> ${p.readerId}::uuid and t.id <> all(${inCopyOf(p.organizationId, p.readerId)})) as notes`;

const commentsOf = (p: P): SQL => sql`ticket_comments c
  where c.organization_id = ${p.organizationId} and c.ticket_id = w.id and (c.visibility = 'public' or w.notes)`;

const textsOf = (p: P): SQL =>
  sql`ticket_texts x where x.organization_id = ${p.organizationId} and x.ticket_id = w.id`;

/** Whether the ticket `w` has what a query `q` asks for somewhere the reader may look. */
const has = (p: P): SQL => sql`(
  exists (select from ${textsOf(p)} and x.search @@ q) or exists (select from ${commentsOf(p)} and c.search @@ q))`;

const queries = (list: P["terms"] | P["excluded"]): SQL =>
  sql`unnest(array(select j::tsquery from jsonb_array_elements_text((${list}::text)::jsonb) j)) q`;

/** The tickets that are looked at: those that have the driving term, or the newest ones. */
function windowOf(p: P, shape: SearchShape): SQL {
  const { isDriven, after } = shape;
  // Read once and from the index: expecting many, PostgreSQL would try tickets one by one until it has a page.
  const driven = sql`with driven as materialized (
    select x.ticket_id from ticket_texts x where x.organization_id = ${p.organizationId} and x.search @@ ${p.driver}::tsquery
    union
    select c.ticket_id from ticket_comments c where c.organization_id = ${p.organizationId}
      and c.search @@ ${p.driver}::tsquery and (c.visibility = 'public' or ${p.notes}::boolean))`;
  return sql`
    ${isDriven ? driven : sql``}
    select ${looked(p, false)} from tickets t
    where ${seen(p, shape)} ${shape.isNumbered ? sql`and t.number <> ${p.number}::int` : sql``}
      ${after ? sql`and (t.created_at, t.id) < (${p.afterAt}::timestamptz, ${p.afterId}::uuid)` : sql``}
      ${
        isDriven
          ? sql`and t.id in (select ticket_id from driven)`
          : sql`order by t.created_at desc, t.id desc limit ${sql.raw(String(WINDOW_TICKETS))}`
      }`;
}

const rank = (p: P): SQL => sql`
  coalesce((select ts_rank(x.search, ${p.any}::tsquery) from ${textsOf(p)}), 0)
    + coalesce((select max(ts_rank(c.search, ${p.any}::tsquery)) from ${commentsOf(p)} and c.search @@ ${p.any}::tsquery), 0)`;

/** The ticket of the number that is asked for comes first, and only on the first page. */
const numbered = (p: P, shape: SearchShape): SQL =>
  shape.isNumbered && !shape.after
    ? sql`union all select ${looked(p, true)} from tickets t where ${seen(p, shape)} and t.number = ${p.number}::int`
    : sql``;

/** No constant stands in the order: PostgreSQL would sort by it instead of stopping at the limit. */
const inOrder = ({ order, isNumbered }: SearchShape): SQL =>
  sql.raw(
    [
      ...(isNumbered ? ['w."isNumber" desc'] : []),
      ...(order === "relevance" ? ["w.rank desc"] : []),
      "w.created_at desc, w.id desc",
    ].join(", "),
  );

const found = (p: P, shape: SearchShape): SQL => sql`
  select * from (
    select w.id, w.created_at, w."isNumber", w.notes, ${shape.order === "newest" ? sql`0` : rank(p)} as rank
    from (
      select w.* from (${windowOf(p, shape)}) w
      where not exists (select from ${queries(p.terms)} where not ${has(p)})
        and not exists (select from ${queries(p.excluded)} where ${has(p)})
      ${numbered(p, shape)}) w) w
  order by ${inOrder(shape)}
  limit ${sql.raw(String(shape.limit))} offset ${p.offset}::int`;

/** Long texts are cut: what is marked in them is near their beginning or is not shown. */
const shown = (column: string): SQL => sql.raw(`left(${column}, 8000)`);

/** Searches as people make them: no filter, the usual size. There are few of these. */
const isUsual = ({ filters, from, before, limit }: SearchShape): boolean =>
  filters.length === 0 && !from && !before && limit === 26;

const searches = shaped((key: string) => {
  const shape = JSON.parse(key) as SearchShape;
  return query<SearchValues, FoundTicketRow>(
    (p) => sql`
      select ${ticketSummary}, ${breachedMetrics(p.organizationId)}, w."isNumber",
        (select ${mergeTarget(p.organizationId)} from tickets o
          where o.organization_id = ${p.organizationId} and o.id = t.merged_into_id) as "mergedInto",
        (select ${shown("t.description")} from ${textsOf(p)}
          and ts_filter(x.search, '{b}') @@ ${p.any}::tsquery) as description,
        coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'visibility', c.visibility, 'body', ${shown("c.body")}))
          from (select c.* from ${commentsOf(p)} and c.search @@ ${p.any}::tsquery
            order by ts_rank(c.search, ${p.any}::tsquery) desc, c.sequence desc limit 2) c), '[]') as comments
      from (${found(p, shape)}) w
      join tickets t on t.organization_id = ${p.organizationId} and t.id = w.id ${people(p.organizationId)}
      order by ${inOrder(shape)}`,
    { isRare: !isUsual(shape) },
  );
});

/** The statement for a search of this shape: a page of what the reader may see. */
export const searchTickets = (shape: SearchShape) => searches(JSON.stringify(shape));

const windowEnds = shaped((key: string) => {
  const shape = JSON.parse(key) as SearchShape;
  return query<SearchValues, { at: Instant; id: string }>(
    (p) => sql`
      select w.created_at as at, w.id from (${windowOf(p, shape)}) w
      order by w.created_at desc, w.id desc limit 1 offset ${sql.raw(String(WINDOW_TICKETS - 1))}`,
    { isRare: true },
  );
});

/** Where a window that was read through ends; no row where it was the last. */
export const findWindowEnd = (shape: SearchShape) => windowEnds(JSON.stringify(shape));
