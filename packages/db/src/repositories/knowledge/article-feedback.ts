import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../../statement.ts";

export interface FeedbackRow {
  id: string;
  isHelpful: boolean;
  comment: string | null;
  /** Null where nobody was signed in. */
  reader: { id: string; name: string } | null;
  updatedAt: Instant;
}

interface FeedbackValues {
  id: string;
  articleId: string;
  isHelpful: boolean;
  comment: string | null;
  at: Instant;
}

/** A person's word; a later one takes the place of the one before. */
export const writeFeedback = command<FeedbackValues & { userId: string }, never>(
  (p) => sql`
    insert into kb_feedback (organization_id, id, article_id, user_id, is_helpful, comment, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.articleId}, ${p.userId}, ${p.isHelpful}, ${p.comment}, ${p.at}, ${p.at})
    on conflict (organization_id, article_id, user_id) do update
      set is_helpful = excluded.is_helpful, comment = excluded.comment, updated_at = excluded.updated_at`,
);

/** The word of a network: of somebody who has not signed in. */
export const writeStrangersFeedback = command<FeedbackValues & { networkHash: string }, never>(
  (p) => sql`
    insert into kb_feedback (organization_id, id, article_id, network_hash, is_helpful, comment, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.articleId}, ${p.networkHash}, ${p.isHelpful}, ${p.comment}, ${p.at},
      ${p.at})
    on conflict (organization_id, article_id, network_hash) do update
      set is_helpful = excluded.is_helpful, comment = excluded.comment, updated_at = excluded.updated_at`,
);

/** The newest first, after a position where there is one. */
export const listFeedback = query<
  { articleId: string; afterAt: Instant | null; afterId: string | null; limit: number },
  FeedbackRow
>(
  (p) => sql`
    select f.id, f.is_helpful as "isHelpful", f.comment, f.updated_at as "updatedAt",
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as reader
    from kb_feedback f
    left join users u on u.organization_id = ${p.organizationId} and u.id = f.user_id
    where f.organization_id = ${p.organizationId} and f.article_id = ${p.articleId}
      and (${p.afterAt}::timestamptz is null
        or (f.updated_at, f.id) < (${p.afterAt}::timestamptz, ${p.afterId}::uuid))
    order by f.updated_at desc, f.id desc limit ${p.limit}::int`,
);

/** That somebody read an article today; no row where that is known. */
export const writeView = command<
  { articleId: string; day: string; readerHash: string },
  { articleId: string }
>(
  (p) => sql`
    insert into kb_article_views (organization_id, article_id, day, reader_hash)
    values (${p.organizationId}, ${p.articleId}, ${p.day}::date, ${p.readerHash})
    on conflict do nothing returning article_id as "articleId"`,
);
