import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { recordset } from "../../sql.ts";
import { type Params, query } from "../../statement.ts";
import { type ArticleSummaryRow, articleSummary } from "./article-list.ts";
import { type SightValues, isInSight } from "./sight.ts";

/** What a title, a summary and a body are worth. */
const WEIGHTS = sql.raw(`'{0.1, 0.2, 0.5, 1.0}'::real[]`);

const isRead = (p: Params<SightValues>): SQL =>
  sql`a.organization_id = ${p.organizationId} and a.state = 'published' and ${isInSight(p)}`;

/** What was published a year ago is worth a fifth less than what is new, and nothing less than two thirds. */
const fresh = (at: Params<{ at: Instant }>["at"]): SQL => sql`
  (0.667 + 0.333 * exp(-extract(epoch from ${at}::timestamptz - a.published_at) / 31536000.0))`;

export interface FoundArticleRow extends ArticleSummaryRow {
  rank: number;
  /** The beginning of the text, to be marked. */
  body: string;
}

export interface ArticleSearchValues extends SightValues {
  /** What an article has to have, as PostgreSQL compares it. */
  wanted: string;
  /** Any of the words: what ranks. */
  any: string;
  at: Instant;
  offset: number;
  limit: number;
}

/** Articles that are for the reader and have what is wanted, the best first. */
export const searchArticles = query<ArticleSearchValues, FoundArticleRow>(
  (p) => sql`
    select ${articleSummary}, r.rank, left(a.body, 8000) as body
    from (
      select a.id, ts_rank_cd(${WEIGHTS}, a.search, ${p.any}::tsquery, 1) * ${fresh(p.at)} as rank from kb_articles a
      where ${isRead(p)} and a.search @@ ${p.wanted}::tsquery
      order by rank desc, a.id desc limit ${p.limit}::int offset ${p.offset}::int) r
    join kb_articles a on a.organization_id = ${p.organizationId} and a.id = r.id
    order by r.rank desc, a.id desc`,
);

/** So many articles are read through for words like a mistyped one: the newest. */
export const CORRECTING_ARTICLES = 500;

/** Words of articles that the reader may read, about as long as one of a JSON array, and how many articles have each. */
export const findArticleWords = query<SightValues & { words: string }, { word: string; count: number }>(
  (p) => sql`
    with asked as materialized (
      select char_length(w) as length from jsonb_array_elements_text((${p.words}::text)::jsonb) w)
    select w.word, count(*)::int as count
    from (
      select a.search from kb_articles a where ${isRead(p)}
      order by a.published_at desc limit ${sql.raw(String(CORRECTING_ARTICLES))}) a,
      unnest(tsvector_to_array(a.search)) w (word)
    where exists (select from asked where char_length(w.word) between asked.length - 2 and asked.length + 2)
      and w.word !~ '[0-9]'
    group by w.word`,
  { isRare: true },
);

/** A word that so many articles have says nothing of any. */
const COMMON_ARTICLES = 1_000;

/** How many articles the reader may read, and how many of them have each word (a JSON array of rows), of those that some have and not too many. */
export const countWords = query<
  SightValues & { words: string },
  { place: number; query: string; articles: number; all: number; organization: string }
>(
  (p) => sql`
    select q.place, q.query::text as query, n.articles,
      (select count(*)::int from kb_articles a where ${isRead(p)}) as all,
      (select slug from organizations where id = ${p.organizationId}) as organization
    from (
      select r.place, case when r."isPrefix" then (w.words::text || ':*')::tsquery else w.words end as query
      from ${recordset(p.words, 'place int, word text, "isPrefix" boolean')},
        lateral (select phraseto_tsquery('simple', search_words(r.word)) as words offset 0) w
      where numnode(w.words) = 1 offset 0) q,
      lateral (select count(*)::int as articles from (
        select from kb_articles a where ${isRead(p)} and a.search @@ q.query limit ${sql.raw(String(COMMON_ARTICLES))}) c) n
    where n.articles between 1 and ${sql.raw(String(COMMON_ARTICLES - 1))}
    order by q.place`,
);

export interface SuggestedArticleRow extends ArticleSummaryRow {
  score: number;
}

/** Articles by what of the words they have (a JSON array of query and weight) is worth, where each word stands best. */
export const suggestArticles = query<
  SightValues & { words: string; any: string; limit: number },
  SuggestedArticleRow
>(
  (p) => sql`
    select ${articleSummary}, s.score from (
      select a.id, sum(r.weight * (0.3 + ts_rank(${WEIGHTS}, a.search, r.query::tsquery, 1))) as score
      from ${recordset(p.words, "query text, weight real")}
        join kb_articles a on a.search @@ r.query::tsquery
      where ${isRead(p)} and a.search @@ ${p.any}::tsquery
      group by a.id order by score desc, a.id desc limit ${p.limit}::int) s
    join kb_articles a on a.organization_id = ${p.organizationId} and a.id = s.id
    order by s.score desc, a.id desc`,
);
