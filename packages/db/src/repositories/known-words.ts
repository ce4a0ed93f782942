import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { globalCommand, query } from "../statement.ts";

/** Words that somebody may have meant: not the shortest, nor what is more of a number or a token than a word. */
const isWord = sql.raw(`char_length(w.word) between 3 and 40 and w.word !~ '[0-9]'`);

const wordsOf = (texts: SQLWrapper): SQL => sql`${texts} x, unnest(tsvector_to_array(x.search)) w (word)`;

/**
 * Makes the words of texts, a CTE or table with `id` and `search`, known where they are not. Only inserts under keys of
 * its own, so that nobody waits for who writes the same word.
 */
export const learnWords = (organizationId: SQLWrapper, texts: SQLWrapper): SQL => sql`
  insert into known_words (organization_id, word, text_id)
  select ${organizationId}::uuid, w.word, x.id from ${wordsOf(texts)}
  where ${isWord}
    -- Word by word: a join would read all words that there are.
    and (select k.text_id from known_words k
      where k.organization_id = ${organizationId} and k.word = w.word limit 1) is null
  on conflict do nothing`;

const unknownWords = sql`
  select distinct on (x.organization_id, w.word) x.organization_id, w.word, x.id
  from ${wordsOf(sql`(
    select organization_id, ticket_id as id, search from ticket_texts
    union all select organization_id, id, search from ticket_comments)`)}
  where ${isWord} and not exists (
    select from known_words k where k.organization_id = x.organization_id and k.word = w.word)`;

/** Makes all words of all texts known: after rows were written by other ways than the product's. */
export const rebuildKnownWords = globalCommand<Record<never, never>, never>(
  () => sql`insert into known_words (organization_id, word, text_id) ${unknownWords}`,
);

/** Words of texts that are not known: there are none. */
export const listUnknownWords = query<Record<never, never>, { word: string }>(
  (p) => sql`select u.word from (${unknownWords}) u where u.organization_id = ${p.organizationId}`,
);

export interface LikeWordRow {
  /** The word that was asked about. */
  asked: string;
  word: string;
}

/** Words of the organization, whoever may read them, that are like those of a JSON array: of each the likest. */
export const findLikeWords = query<{ words: string }, LikeWordRow>(
  (p) => sql`
    with threshold as materialized (
      -- For this statement alone: what two letters in the wrong order leave of a word of six.
      select set_config('pg_trgm.similarity_threshold', '0.15', true) as set),
    asked as (
      select a.asked from threshold, jsonb_array_elements_text((${p.words}::text)::jsonb) a (asked)
      where threshold.set is not null)
    select a.asked, f.word from asked a cross join lateral (
      select k.word from known_words k where k.organization_id = ${p.organizationId} and k.word % a.asked
      group by k.word order by similarity(k.word, a.asked) desc, k.word limit 200) f`,
  { isRare: true },
);
