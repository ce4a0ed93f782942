import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  mutable,
  object,
  reference,
  rule,
} from "./columns.ts";
import { scoresAreBounded, sectionScores } from "./scores.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** Quality assurance: how somebody's work on a real ticket was, by the same rubric and arithmetic as training. */
export const ticketReviews = pgTable(
  "ticket_reviews",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    /** Whose work it was. */
    agentId: uuid("agent_id").notNull(),
    reviewerId: uuid("reviewer_id").notNull(),
    /** What the reviewer gave, by criterion, and the auto-fails they saw. */
    marks: object<Record<string, unknown>>("marks").notNull(),
    comment: text("comment").notNull(),
    ...sectionScores,
    /** When the agent has read it; a revision is to be read again, and the reply stays. */
    acknowledgedAt: instant("acknowledged_at"),
    agentReply: text("agent_reply"),
    ...mutable,
  },
  (t) => [
    identityKey("ticket_reviews_pkey", t),
    reference("ticket_reviews_ticket_fk", t, t.ticketId, tickets),
    reference("ticket_reviews_agent_fk", t, t.agentId, users),
    reference("ticket_reviews_reviewer_fk", t, t.reviewerId, users),
    unique("ticket_reviews_reviewer_key").on(t.organizationId, t.ticketId, t.reviewerId, t.agentId),
    index("ticket_reviews_agent_index").on(t.organizationId, t.agentId, t.createdAt, t.id),
    index("ticket_reviews_created_index").on(t.organizationId, t.createdAt, t.id),
    rule("ticket_reviews_own_work_check", "agent_id <> reviewer_id"),
    isText("ticket_reviews_comment_check", "comment", textLimits.body),
    isText("ticket_reviews_agent_reply_check", "agent_reply", textLimits.body),
    ...scoresAreBounded("ticket_reviews"),
    isObject("ticket_reviews_marks_check", "marks"),
  ],
);
