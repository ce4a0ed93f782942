import { type SQLWrapper, sql } from "drizzle-orm";
import type { Belonging, Instant, ReviewMarks, TicketScope, Visibility } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { type Params, command, query, shaped } from "../statement.ts";
import { tellOfNotifications } from "./events.ts";
import { ccIdsOf } from "./ticket-cc.ts";
import { ticketScopes } from "./ticket-scope.ts";

interface Named {
  id: string;
  name: string;
}

/** A review with what tells who may see it; scores are hundredths of a point. */
export interface ReviewRow {
  id: string;
  agentId: string;
  reviewerId: string;
  agent: Named;
  reviewer: Named;
  ticket: Belonging & { id: string; number: number; title: string };
  marks: ReviewMarks;
  comment: string;
  verificationHundredths: number | null;
  communicationHundredths: number | null;
  technicalHundredths: number | null;
  documentationHundredths: number | null;
  responseTimeHundredths: number | null;
  rawHundredths: number;
  capHundredths: number | null;
  overallHundredths: number;
  acknowledgedAt: Instant | null;
  agentReply: string | null;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

const selectReviews = (organizationId: SQLWrapper) => sql`
  select v.id, v.agent_id as "agentId", v.reviewer_id as "reviewerId", v.marks, v.comment,
    jsonb_build_object('id', a.id, 'name', a.name) as agent,
    jsonb_build_object('id', w.id, 'name', w.name) as reviewer,
    jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'customerId', t.customer_id,
      'assigneeId', t.assignee_id, 'departmentId', t.department_id, 'ccIds', ${ccIdsOf(organizationId)}) as ticket,
    v.verification_hundredths as "verificationHundredths", v.communication_hundredths as "communicationHundredths",
    v.technical_hundredths as "technicalHundredths", v.documentation_hundredths as "documentationHundredths",
    v.response_time_hundredths as "responseTimeHundredths", v.raw_hundredths as "rawHundredths",
    v.cap_hundredths as "capHundredths", v.overall_hundredths as "overallHundredths",
    v.acknowledged_at as "acknowledgedAt", v.agent_reply as "agentReply", v.version,
    v.created_at as "createdAt", v.updated_at as "updatedAt"
  from ticket_reviews v
  join tickets t on t.organization_id = ${organizationId} and t.id = v.ticket_id
  join users a on a.organization_id = ${organizationId} and a.id = v.agent_id
  join users w on w.organization_id = ${organizationId} and w.id = v.reviewer_id`;

export const findReview = query<{ reviewId: string }, ReviewRow>(
  (p) =>
    sql`${selectReviews(p.organizationId)} where v.organization_id = ${p.organizationId} and v.id = ${p.reviewId}`,
);

export const lockReview = command<{ reviewId: string }, ReviewRow>(
  (p) => sql`
    ${selectReviews(p.organizationId)}
    where v.organization_id = ${p.organizationId} and v.id = ${p.reviewId} for update of v`,
);

/** What of a ticket a review looks at: its comments, and who has or had it or wrote on it as staff. */
export interface ReviewedWorkRow {
  comments: { id: string; authorId: string | null; visibility: Visibility }[];
  workerIds: string[];
}

export const findReviewedWork = query<{ ticketId: string }, ReviewedWorkRow>(
  (p) => sql`
    select
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'authorId', c.author_id, 'visibility', c.visibility))
        from ticket_comments c where c.organization_id = ${p.organizationId} and c.ticket_id = t.id), '[]') as comments,
      array(
        select u.id::text from users u
        join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
        where u.organization_id = ${p.organizationId} and 'ticket.note' = any(r.permissions) and u.id in (
          select t.assignee_id
          union select c.author_id from ticket_comments c
            where c.organization_id = ${p.organizationId} and c.ticket_id = t.id
          union select (h.changes -> 'assignee' -> 'to' ->> 'id')::uuid from ticket_history h
            where h.organization_id = ${p.organizationId} and h.ticket_id = t.id and h.kind = 'assignee_changed')
      ) as "workerIds"
    from tickets t where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}`,
);

/** The scores of a review, as one JSON array of one row. */
const scored = `"marks" jsonb, verification int, communication int, technical int, documentation int, "responseTime" int,
  weights jsonb, raw int, cap int, overall int`;

export interface ReviewValues {
  id: string;
  comment: string;
  /** A JSON array of one row: marks and all that they score. */
  score: string;
  at: Instant;
  /** Of what tells the agent. */
  notificationId: string;
}

/** Tells the agent of a review that a statement has written as `review`. */
const telling = (p: Params<ReviewValues>) => sql`
  told as (
    insert into notifications (organization_id, id, user_id, kind, ticket_id, actor_id, data, created_at)
    select ${p.organizationId}::uuid, ${p.notificationId}::uuid, agent_id, 'review_written', ticket_id, reviewer_id,
      jsonb_build_object('reviewId', id), ${p.at}::timestamptz
    from review
    returning id, user_id)
  ${tellOfNotifications(p.organizationId, p.at)}`;

export const insertReview = command<
  ReviewValues & { ticketId: string; agentId: string; reviewerId: string },
  never
>(
  (p) => sql`
    with review as (
      insert into ticket_reviews (organization_id, id, ticket_id, agent_id, reviewer_id, marks, comment,
        verification_hundredths, communication_hundredths, technical_hundredths, documentation_hundredths,
        response_time_hundredths, weights, raw_hundredths, cap_hundredths, overall_hundredths, version, created_at, updated_at)
      select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.ticketId}::uuid, ${p.agentId}::uuid, ${p.reviewerId}::uuid,
        r.marks, ${p.comment}::text, r.verification, r.communication, r.technical, r.documentation, r."responseTime",
        r.weights, r.raw, r.cap, r.overall, 1, ${p.at}::timestamptz, ${p.at}::timestamptz
      from ${recordset(p.score, scored)}
      returning id, ticket_id, agent_id, reviewer_id),
    ${telling(p)}`,
);

/** Writes a review anew: the agent is to read it again. */
export const rewriteReview = command<ReviewValues, never>(
  (p) => sql`
    with review as (
      update ticket_reviews v set marks = r.marks, comment = ${p.comment}::text,
        verification_hundredths = r.verification, communication_hundredths = r.communication,
        technical_hundredths = r.technical, documentation_hundredths = r.documentation,
        response_time_hundredths = r."responseTime", weights = r.weights, raw_hundredths = r.raw, cap_hundredths = r.cap,
        overall_hundredths = r.overall, acknowledged_at = null, version = version + 1, updated_at = ${p.at}::timestamptz
      from ${recordset(p.score, scored)}
      where v.organization_id = ${p.organizationId} and v.id = ${p.id}
      returning v.id, v.ticket_id, v.agent_id, v.reviewer_id),
    ${telling(p)}`,
);

/** The agent has read it; a reply takes the place of an earlier one. */
export const acknowledgeReview = command<{ id: string; reply: string | null; at: Instant }, { id: string }>(
  (p) => sql`
    update ticket_reviews set acknowledged_at = coalesce(acknowledged_at, ${p.at}::timestamptz),
      agent_reply = coalesce(${p.reply}::text, agent_reply), version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning id`,
);

export interface ListReviews {
  readerId: string;
  departmentIds: string;
  agentId: string | null;
  reviewerId: string | null;
  ticketId: string | null;
  isAcknowledged: boolean | null;
  afterValue: string | null;
  afterId: string | null;
}

/** Whose reviews: those of one's own work, or of tickets in a scope. */
export type ReviewSet = "mine" | Exclude<TicketScope, "none">;

const reviewsIn = (set: ReviewSet, p: Params<ListReviews>) =>
  set === "mine" ? sql`v.agent_id = ${p.readerId}::uuid` : (ticketScopes[set](p) ?? sql`true`);

const listed = shaped((shape: `${ReviewSet} ${number}`) => {
  const [set, limit] = shape.split(" ") as [ReviewSet, string];
  return query<ListReviews, ReviewRow>(
    (p) => sql`
      ${selectReviews(p.organizationId)}
      where v.organization_id = ${p.organizationId} and (${reviewsIn(set, p)})
        and (${p.agentId}::uuid is null or v.agent_id = ${p.agentId}::uuid)
        and (${p.reviewerId}::uuid is null or v.reviewer_id = ${p.reviewerId}::uuid)
        and (${p.ticketId}::uuid is null or v.ticket_id = ${p.ticketId}::uuid)
        and (${p.isAcknowledged}::boolean is null or (v.acknowledged_at is not null) = ${p.isAcknowledged}::boolean)
        and (${p.afterId}::uuid is null or (v.created_at, v.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid))
      order by v.created_at desc, v.id desc limit ${sql.raw(limit)}`,
  );
});

/** A page of reviews, the newest first. */
export const listReviews = (set: ReviewSet, limit: number) => listed(`${set} ${limit}`);
