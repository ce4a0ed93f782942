import { type SQL, isNull, not, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";
import { ticketScopes } from "./ticket-scope.ts";
import { t } from "./ticket-summary.ts";

export interface LikeWordRow {
  /** The word that was asked about. */
  asked: string;
  word: string;
  /** How many of the titles that were looked at have it. */
  count: number;
}

interface Asked {
  readerId: string;
  departmentIds: string;
  /** A JSON array. */
  words: string;
}

const MAX_TITLES = 5_000;

/** Titles that have a word with some of the letters of `a.asked`, of tickets that the reader may see. */
const likeTitles = (p: Params<Asked>, scope: Exclude<TicketScope, "none">): SQL => sql`
  select x.title_words from ticket_texts x
  join tickets t on t.organization_id = ${p.organizationId} and t.id = x.ticket_id
  where x.organization_id = ${p.organizationId} and a.asked <% x.title_words
    and ${not(t.isSimulated)} and ${isNull(t.archivedAt)} and ${ticketScopes[scope](p) ?? sql`true`}
  limit ${sql.raw(String(MAX_TITLES))}`;

/** Words of titles the reader may see that are like those asked about, the likest first. */
export const findLikeWords = shaped((scope: Exclude<TicketScope, "none">) =>
  query<Asked, LikeWordRow>(
    (p) => sql`
      with threshold as materialized (
        -- For this statement alone: what two letters in the wrong order leave of a word of six.
        select set_config('pg_trgm.word_similarity_threshold', '0.25', true) as set),
      asked as (
        select a.asked from threshold, jsonb_array_elements_text((${p.words}::text)::jsonb) a (asked)
        where threshold.set is not null)
      select a.asked, f.word, f.count from asked a cross join lateral (
        select w.word, count(*)::int as count
        from (${likeTitles(p, scope)}) x, regexp_split_to_table(x.title_words, ' ') w (word)
        where similarity(w.word, a.asked) >= 0.15
        group by w.word order by similarity(w.word, a.asked) desc, count(*) desc, w.word limit 20) f`,
    { isRare: true },
  ),
);
