import type { Instant, Visibility } from "@helpdesk/domain";
import { sql } from "drizzle-orm";
import { isoInJson } from "../sql.ts";
import { command, query } from "../statement.ts";
import { learnWords } from "./known-words.ts";
import { ccIdsOf } from "./ticket-cc.ts";

export interface CommentRow {
  id: string;
  visibility: Visibility;
  body: string;
  authorId: string | null;
  version: number;
  updatedAt: Instant;
  /** The ids of those it mentions, or mentioned in an earlier version. */
  mentionIds: string[];
}

export const findComment = query<{ ticketId: string; commentId: string }, CommentRow>(
  (p) => sql`
    select c.id, c.visibility, c.body, c.author_id as "authorId", c.version,
      coalesce(c.edited_at, c.created_at) as "updatedAt",
      array(select m.user_id::text from ticket_comment_mentions m
        where m.organization_id = ${p.organizationId} and m.comment_id = c.id) as "mentionIds"
    from ticket_comments c
    where c.organization_id = ${p.organizationId} and c.ticket_id = ${p.ticketId} and c.id = ${p.commentId}`,
);

interface Rewriting {
  commentId: string;
  /** The version that was read. */
  version: number;
  body: string;
  writtenById: string;
  at: Instant;
}

/** Gives a comment of a locked ticket its next text, and keeps it as a version: with the first edit also the first one. */
export const rewriteComment = command<Rewriting, never>(
  (p) => sql`
    with first as (
      insert into ticket_comment_versions (organization_id, comment_id, version, body, written_by_id, at)
      select ${p.organizationId}::uuid, c.id, 1, c.body, c.author_id, c.created_at from ticket_comments c
      where c.organization_id = ${p.organizationId} and c.id = ${p.commentId} and c.version = 1),
    next as (
      insert into ticket_comment_versions (organization_id, comment_id, version, body, written_by_id, at)
      values (${p.organizationId}::uuid, ${p.commentId}::uuid, ${p.version}::int + 1, ${p.body}::text,
        ${p.writtenById}::uuid, ${p.at}::timestamptz)),
    comment as (
      update ticket_comments set body = ${p.body}::text, version = version + 1, edited_at = ${p.at}::timestamptz
      where organization_id = ${p.organizationId} and id = ${p.commentId} and version = ${p.version}::int
      returning id, search)
    ${learnWords(p.organizationId, sql`comment`)}`,
);

export interface CommentVersionRow {
  version: number;
  body: string;
  author: { id: string; name: string } | null;
  at: Instant;
}

/** A comment's ticket, and the texts it has had before a version, the newest first: of one never edited there is one. */
export interface CommentPastRow {
  customerId: string;
  assigneeId: string | null;
  departmentId: string | null;
  ccIds: string[];
  /** Null where the ticket has no such comment. */
  comment: { visibility: Visibility } | null;
  versions: CommentVersionRow[];
}

export const findCommentPast = query<
  { ticketId: string; commentId: string; beforeVersion: number | null; limit: number },
  CommentPastRow
>(
  (p) => sql`
    select t.customer_id as "customerId", t.assignee_id as "assigneeId", t.department_id as "departmentId",
      ${ccIdsOf(p.organizationId)} as "ccIds",
      case when c.id is null then null else jsonb_build_object('visibility', c.visibility) end as comment,
      coalesce((select jsonb_agg(jsonb_build_object('version', v.version, 'body', v.body, 'at', ${isoInJson("v.at")},
          'author', case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end)
          order by v.version desc)
        from (
          select version, body, written_by_id, at from ticket_comment_versions
          where organization_id = ${p.organizationId} and comment_id = c.id
          union all
          select 1, c.body, c.author_id, c.created_at where c.version = 1) v
        left join users u on u.organization_id = ${p.organizationId} and u.id = v.written_by_id
        where v.version < coalesce(${p.beforeVersion}::int, 2147483647)
          and v.version >= coalesce(${p.beforeVersion}::int, c.version + 1) - ${p.limit}::int), '[]') as versions
    from tickets t
    left join ticket_comments c
      on c.organization_id = ${p.organizationId} and c.ticket_id = t.id and c.id = ${p.commentId}::uuid
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);

/** Whom a written comment mentions, and who follows its ticket for that: two JSON arrays of ids. */
export const writeMentions = command<
  { ticketId: string; commentId: string; userIds: string; followerIds: string; at: Instant },
  never
>(
  (p) => sql`
    with mentioned as (
      insert into ticket_comment_mentions (organization_id, comment_id, user_id)
      select ${p.organizationId}::uuid, ${p.commentId}::uuid, i::uuid
      from jsonb_array_elements_text((${p.userIds}::text)::jsonb) i on conflict do nothing)
    insert into ticket_followers (organization_id, ticket_id, user_id, created_at)
    select ${p.organizationId}::uuid, ${p.ticketId}::uuid, i::uuid, ${p.at}::timestamptz
    from jsonb_array_elements_text((${p.followerIds}::text)::jsonb) i on conflict do nothing`,
);
