import { sql } from "drizzle-orm";
import { command } from "../../statement.ts";

/** Makes the word known that stands where something was erased. */
export const learnErased = command<Record<never, never>, never>(
  (p) => sql`
    insert into known_words (organization_id, word, text_id)
    select ${p.organizationId}::uuid, 'erased', t.id from (
      (select id from ticket_comments where organization_id = ${p.organizationId} and search @@ 'erased'::tsquery limit 1)
      union all
      (select ticket_id from ticket_texts where organization_id = ${p.organizationId} and search @@ 'erased'::tsquery
        limit 1)) t
    where not exists (
      select from known_words k where k.organization_id = ${p.organizationId} and k.word = 'erased')
    limit 1`,
);

/** Words that one look reads at most. */
export const wordWindow = 500;

export interface WordsPage {
  size: number;
  lastWord: string | null;
  lastTextId: string | null;
  /** Words that no text has any more. */
  forgotten: number;
}

/**
 * Forgets, of the known words after one, those that their text does not have any more. One that another text has is
 * known by that one.
 */
export const forgetWords = command<{ afterWord: string; afterTextId: string; limit: number }, WordsPage>(
  (p) => sql`
    with seen as (
      select word, text_id from known_words
      where organization_id = ${p.organizationId} and (word, text_id) > (${p.afterWord}::text, ${p.afterTextId}::uuid)
      order by word, text_id limit ${p.limit}::int),
    gone as (
      delete from known_words k using seen
      where k.organization_id = ${p.organizationId} and k.word = seen.word and k.text_id = seen.text_id
        and not exists (select from ticket_comments c where c.organization_id = ${p.organizationId}
          and c.id = seen.text_id and seen.word = any(tsvector_to_array(c.search)))
        and not exists (select from ticket_texts x where x.organization_id = ${p.organizationId}
          and x.ticket_id = seen.text_id and seen.word = any(tsvector_to_array(x.search)))
      returning k.word),
    others as (
      select distinct gone.word, coalesce(
        (select c.id from ticket_comments c where c.organization_id = ${p.organizationId}
          and c.search @@ quote_literal(gone.word)::tsquery limit 1),
        (select x.ticket_id from ticket_texts x where x.organization_id = ${p.organizationId}
          and x.search @@ quote_literal(gone.word)::tsquery limit 1)) as id
      from gone),
    known as (
      insert into known_words (organization_id, word, text_id)
      select ${p.organizationId}::uuid, others.word, others.id from others where others.id is not null
      on conflict do nothing)
    select (select count(*)::int from seen) as size,
      (select word from seen order by word desc, text_id desc limit 1) as "lastWord",
      (select text_id from seen order by word desc, text_id desc limit 1) as "lastTextId",
      (select count(*)::int from others where id is null) as forgotten`,
);
