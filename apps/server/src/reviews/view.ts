import type { ReviewRow } from "@helpdesk/db";
import { type Actor, autoFailKinds, canSee, reviewRubric, sections } from "@helpdesk/domain";
import { z } from "zod";
import { rendered } from "../markdown/rendered.ts";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

/** Hundredths of a point, 0 to 10,000. */
const score = z.int().min(0).max(10_000);
const sectionSchema = z.enum(sections);

export const rubricSchema = z.object({
  key: z.string(),
  /** How much each section counts. */
  weights: z.record(sectionSchema, z.int()),
  /** Points of 100. */
  passMark: z.int(),
  /** What a reviewer may have seen, and the points of 100 that the overall cannot pass then. */
  autoFails: z.array(z.object({ kind: z.enum(autoFailKinds), cap: z.int() })),
  criteria: z.array(
    z.object({
      section: sectionSchema,
      id: z.string(),
      weight: z.int(),
      text: z.string(),
      /** By the ticket's clocks: a reviewer does not mark it. */
      isMeasured: z.boolean(),
    }),
  ),
});
export type Rubric = z.output<typeof rubricSchema>;

/** A review as lists show it. */
export const reviewSummarySchema = z.object({
  id: idSchema,
  /** Null where the reader may not see it. */
  ticket: z.object({ id: idSchema, number: z.int(), title: z.string() }).nullable(),
  agent: personSchema,
  reviewer: personSchema,
  overall: score,
  isPassed: z.boolean(),
  acknowledgedAt: instantSchema.nullable(),
  version: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type ReviewSummary = z.output<typeof reviewSummarySchema>;

export const reviewSchema = reviewSummarySchema.extend({
  /** Null where nothing applied. */
  sections: z.record(sectionSchema, score.nullable()),
  /** Before caps. */
  raw: score,
  criteria: z.array(
    z.object({
      section: sectionSchema,
      id: z.string(),
      weight: z.int(),
      text: z.string(),
      /** What it earned, of 1,000,000; null where it did not apply. */
      millionths: z.int().min(0).max(1_000_000).nullable(),
    }),
  ),
  /** What caps the overall, and the comment that shows it. */
  autoFails: z.array(z.object({ kind: z.enum(autoFailKinds), cap: score, commentId: idSchema })),
  /** Markdown, as it was written; and as HTML that is safe to show. */
  comment: z.string(),
  commentHtml: z.string(),
  agentReply: z.string().nullable(),
});
export type Review = z.output<typeof reviewSchema>;

export function toSummary(row: ReviewRow, actor: Actor): ReviewSummary {
  const { id, number, title } = row.ticket;
  return {
    id: row.id,
    ticket: canSee(actor, row.ticket) ? { id, number, title } : null,
    agent: row.agent,
    reviewer: row.reviewer,
    overall: row.overallHundredths,
    isPassed: row.overallHundredths >= reviewRubric.passMark * 100,
    acknowledgedAt: row.acknowledgedAt,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export async function toReview(row: ReviewRow, actor: Actor): Promise<Review> {
  return {
    ...toSummary(row, actor),
    sections: {
      verification: row.verificationHundredths,
      communication: row.communicationHundredths,
      technical: row.technicalHundredths,
      documentation: row.documentationHundredths,
      responseTime: row.responseTimeHundredths,
    },
    raw: row.rawHundredths,
    criteria: row.marks.criteria,
    autoFails: row.marks.autoFails,
    comment: row.comment,
    commentHtml: await rendered(row.comment),
    agentReply: row.agentReply,
  };
}
