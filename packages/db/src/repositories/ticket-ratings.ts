import { sql } from "drizzle-orm";
import type { Instant, RatingScore } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

/** Asks for one rating of a resolution; where it was asked for already, no row. */
export const insertRating = command<
  { id: string; ticketId: string; resolvedAt: Instant; at: Instant; expiresAt: Instant },
  { id: string }
>(
  (p) => sql`
    insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, created_at, expires_at)
    values (${p.organizationId}, ${p.id}, ${p.ticketId}, ${p.resolvedAt}, ${p.at}, ${p.expiresAt})
    on conflict (organization_id, ticket_id, resolved_at) do nothing
    returning id`,
);

export interface IssuedRating {
  email: string;
  name: string;
  number: number;
  title: string;
  organizationName: string;
  expiresAt: Instant;
}

/**
 * Gives an unanswered question the hash of the token that is about to be mailed.
 * No row where the ticket was reopened or the survey switched off meanwhile, or the customer has left.
 */
export const issueRating = command<
  { id: string; tokenHash: string; at: Instant; expiresAt: Instant },
  IssuedRating
>(
  (p) => sql`
    update ticket_ratings r set token_hash = ${p.tokenHash}, expires_at = ${p.expiresAt}::timestamptz
    from tickets t, users u, organizations o
    where r.organization_id = ${p.organizationId} and r.id = ${p.id} and r.rated_at is null
      and r.expires_at > ${p.at}::timestamptz
      and t.organization_id = ${p.organizationId} and t.id = r.ticket_id and t.resolved_at = r.resolved_at
      and t.merged_into_id is null
      and u.organization_id = ${p.organizationId} and u.id = t.customer_id and u.deactivated_at is null
      and o.id = ${p.organizationId} and o.survey_delay_seconds is not null
    returning u.email, u.name, t.number, t.title, o.name as "organizationName", r.expires_at as "expiresAt"`,
);

export interface AskedRating {
  id: string;
  ticketId: string;
  customerId: string;
  number: number;
  title: string;
  organizationName: string;
  resolvedAt: Instant;
  expiresAt: Instant;
  ratedAt: Instant | null;
}

/** The question behind a mailed token, answered and expired ones too; none of a customer who has left. */
export const findRating = query<{ tokenHash: string }, AskedRating>(
  (p) => sql`
    select r.id, r.ticket_id as "ticketId", t.customer_id as "customerId", t.number, t.title,
      o.name as "organizationName", r.resolved_at as "resolvedAt", r.expires_at as "expiresAt", r.rated_at as "ratedAt"
    from ticket_ratings r
    join tickets t on t.organization_id = ${p.organizationId} and t.id = r.ticket_id
    join users u on u.organization_id = ${p.organizationId} and u.id = t.customer_id and u.deactivated_at is null
    join organizations o on o.id = ${p.organizationId}
    where r.organization_id = ${p.organizationId} and r.token_hash = ${p.tokenHash}`,
);

/** Answers an open question: of any number at once one gets a row. */
export const giveRating = command<
  { id: string; tokenHash: string; score: RatingScore; comment: string | null; at: Instant },
  { id: string }
>(
  (p) => sql`
    update ticket_ratings set score = ${p.score}, comment = ${p.comment}, rated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id} and token_hash = ${p.tokenHash}
      and rated_at is null and expires_at > ${p.at}::timestamptz
    returning id`,
);
