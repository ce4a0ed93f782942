import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { command, globalCommand, query } from "../statement.ts";
import { learnWords } from "./known-words.ts";

/** What a ticket is found by, from its title and description; what is between them is no word, so that no phrase bridges it. */
export const textOf = (title: SQLWrapper, description: SQLWrapper): SQL => sql`
  setweight(to_tsvector('simple', search_words(${title})), 'A')
    || '''|'':1'::tsvector || setweight(to_tsvector('simple', search_words(${description})), 'B')`;

/** Brings what a locked ticket is found by to its title and description. */
export const writeTicketText = command<{ ticketId: string }, never>(
  (p) => sql`
    with text as (
      insert into ticket_texts (organization_id, ticket_id, search)
      select t.organization_id, t.id, ${textOf(sql`t.title`, sql`t.description`)} from tickets t
      where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}
      on conflict (organization_id, ticket_id) do update set search = excluded.search
      returning ticket_id as id, search)
    ${learnWords(p.organizationId, sql`text`)}`,
);

/** Brings all of them to their tickets, where they are not: after rows were written by other ways than the product's. */
export const rebuildTicketTexts = globalCommand<Record<never, never>, { ticketId: string }>(
  () => sql`
    insert into ticket_texts as x (organization_id, ticket_id, search)
    select t.organization_id, t.id, ${textOf(sql`t.title`, sql`t.description`)} from tickets t
    on conflict (organization_id, ticket_id) do update set search = excluded.search
    where x.search is distinct from excluded.search
    returning x.ticket_id as "ticketId"`,
);

/** Tickets that are found by something else than their title and description: there are none. */
export const listWrongTicketTexts = query<Record<never, never>, { ticketId: string }>(
  (p) => sql`
    select t.id as "ticketId" from tickets t
    left join ticket_texts x on x.organization_id = ${p.organizationId} and x.ticket_id = t.id
    where t.organization_id = ${p.organizationId}
      and x.search is distinct from (${textOf(sql`t.title`, sql`t.description`)})`,
);
