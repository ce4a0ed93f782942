import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { ArticleLine, TicketLine, UserLine } from "@helpdesk/domain";
import { isoInJson } from "../../sql.ts";
import { type Statement, query } from "../../statement.ts";
import type { Reader } from "../../unit.ts";

/** As it was called where it came from, or by its own id: so it stays the same from import to export to import. */
const externalId = (
  organizationId: SQLWrapper,
  kind: "users" | "tickets" | "articles",
  id: string,
): SQL => sql`
  coalesce((
    select min(k.external_id) from import_keys k
    where k.organization_id = ${organizationId} and k.kind = ${sql.raw(`'${kind}'`)} and k.thing_id = ${sql.raw(id)}
  ), ${sql.raw(id)}::text) as "externalId"`;

const emailOf = (organizationId: SQLWrapper, column: string): SQL => sql`(
  select p.email from users p where p.organization_id = ${organizationId} and p.id = ${sql.raw(column)})`;

/** Names, sorted as every database sorts them. */
const sorted = (names: SQL): SQL => sql`array(select n.name from (${names}) n order by n.name collate "C")`;

const TICKETS = 50;

/** Tickets by their number, with all their comments; not those that are merged, archived or simulated. */
const listTicketLines = query<{ after: number }, TicketLine>(
  (p) => sql`
    select ${externalId(p.organizationId, "tickets", "t.id")}, t.number, t.title, t.description, s.key as status, t.priority,
      t.source, ${emailOf(p.organizationId, "t.customer_id")} as customer,
      ${emailOf(p.organizationId, "t.created_by_id")} as "createdBy",
      ${emailOf(p.organizationId, "t.assignee_id")} as assignee,
      (select d.name from departments d where d.organization_id = ${p.organizationId} and d.id = t.department_id) as department,
      ${sorted(sql`
        select u.email as name from ticket_cc c
        join users u on u.organization_id = c.organization_id and u.id = c.user_id
        where c.organization_id = ${p.organizationId} and c.ticket_id = t.id`)} as cc,
      ${sorted(sql`
        select g.name from ticket_tags x
        join tags g on g.organization_id = x.organization_id and g.id = x.tag_id
        where x.organization_id = ${p.organizationId} and x.ticket_id = t.id`)} as tags,
      t.custom_fields as fields, t.created_at as "createdAt", t.updated_at as "updatedAt",
      t.resolved_at as "resolvedAt", t.closed_at as "closedAt",
      coalesce((
        select json_agg(json_build_object('author', ${emailOf(p.organizationId, "c.author_id")},
          'visibility', c.visibility, 'body', c.body, 'source', c.source, 'createdAt', ${isoInJson("c.created_at")})
          order by c.sequence)
        from ticket_comments c where c.organization_id = ${p.organizationId} and c.ticket_id = t.id), '[]') as comments
    from tickets t
    join ticket_statuses s on s.organization_id = t.organization_id and s.id = t.status_id
    where t.organization_id = ${p.organizationId} and not t.is_simulated and t.number > ${p.after}
      and t.merged_into_id is null and t.archived_at is null
    order by t.number limit ${sql.raw(String(TICKETS))}`,
  { isRare: true },
);

const USERS = 500;

/**
 * People by their address, with nothing to sign in with; not whom simulated tickets are written as. Services keep what
 * they wrote, as people who are put out: nobody is one by an import, and no ticket is given to one.
 */
const listUserLines = query<{ after: string }, UserLine>(
  (p) => sql`
    select ${externalId(p.organizationId, "users", "u.id")}, u.email, u.name, r.key as role,
      ${sorted(sql`
        select d.name from department_members m
        join departments d on d.organization_id = m.organization_id and d.id = m.department_id
        where m.organization_id = ${p.organizationId} and m.user_id = u.id`)} as departments,
      u.phone, u.job_title as "jobTitle", u.locale, u.time_zone as "timeZone", u.created_at as "createdAt",
      coalesce(u.deactivated_at, case when u.is_service then u.created_at end) as "deactivatedAt"
    from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and not u.is_simulated and u.email > ${p.after}
    order by u.email limit ${sql.raw(String(USERS))}`,
  { isRare: true },
);

const ARTICLES = 50;

/** Articles by where they stand. */
const listArticleLines = query<{ after: string }, ArticleLine>(
  (p) => sql`
    select ${externalId(p.organizationId, "articles", "a.id")}, a.slug,
      (with recursive way as (
        select c.parent_id, c.slug, c.name, 1 as step from kb_categories c
        where c.organization_id = ${p.organizationId} and c.id = a.category_id
        union all
        select c.parent_id, c.slug, c.name, way.step + 1 from kb_categories c join way on c.id = way.parent_id
        where c.organization_id = ${p.organizationId})
      select json_agg(json_build_object('slug', way.slug, 'name', way.name) order by way.step desc) from way) as category,
      a.state, a.visibility,
      ${sorted(sql`
        select d.name from kb_article_departments x
        join departments d on d.organization_id = x.organization_id and d.id = x.department_id
        where x.organization_id = ${p.organizationId} and x.article_id = a.id`)} as departments,
      ${emailOf(p.organizationId, "a.author_id")} as author,
      case when a.title is not null then json_build_object('title', a.title, 'summary', a.summary, 'body', a.body,
        'at', ${isoInJson("a.published_at")}) end as published,
      case when a.draft_title is not null then json_build_object('title', a.draft_title, 'summary', a.draft_summary,
        'body', a.draft_body, 'at', ${isoInJson("a.drafted_at")},
        'author', ${emailOf(p.organizationId, "a.drafted_by_id")}) end as draft,
      a.created_at as "createdAt", a.updated_at as "updatedAt"
    from kb_articles a
    where a.organization_id = ${p.organizationId} and a.slug > ${p.after}
    order by a.slug limit ${sql.raw(String(ARTICLES))}`,
  { isRare: true },
);

async function* pages<K, L>(
  reader: Reader,
  list: Statement<Reader, { after: K }, L>,
  keyOf: (line: L) => K,
  after: K,
): AsyncGenerator<L[]> {
  for (;;) {
    const lines = await (list as (via: Reader, params: { after: K }) => Promise<L[]>)(reader, { after });
    const last = lines.at(-1);
    if (!last) return;
    yield lines;
    after = keyOf(last);
  }
}

/** What an import takes again, in pages. */
export const exportLines = {
  users: (reader: Reader) => pages(reader, listUserLines, ({ email }) => email, ""),
  tickets: (reader: Reader) => pages(reader, listTicketLines, ({ number }) => number!, 0),
  articles: (reader: Reader) => pages(reader, listArticleLines, ({ slug }) => slug, ""),
} as const;
