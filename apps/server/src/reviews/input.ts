import { autoFailKinds, reviewCredits, reviewRubric, textLimits } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, requiredText, versionSchema } from "../schemas.ts";

const marks = {
  /** Every criterion of the rubric. */
  credits: z.record(z.enum(reviewRubric.criteria.map(({ id }) => id)), z.enum(reviewCredits)),
  /** What the reviewer saw that caps the overall, each with a comment of the agent that shows it. */
  autoFails: z
    .array(z.strictObject({ kind: z.enum(autoFailKinds), commentId: idSchema }))
    .max(autoFailKinds.length)
    .default([]),
  comment: requiredText(textLimits.body),
};
const versioned = { reviewId: idSchema, version: versionSchema };

export const createInput = z.strictObject({
  ticketId: idSchema,
  /** Whose work it is; without it, of whoever has the ticket. */
  agentId: idSchema.optional(),
  ...marks,
});
export const reviseInput = z.strictObject({ ...versioned, ...marks });
export const acknowledgeInput = z.strictObject({
  ...versioned,
  /** Takes the place of an earlier one. */
  reply: requiredText(textLimits.body).optional(),
});

const isAcknowledged = z.boolean().optional();
export const listInput = z
  .strictObject({
    agentId: idSchema.optional(),
    reviewerId: idSchema.optional(),
    ticketId: idSchema.optional(),
    isAcknowledged,
    ...pageInput,
  })
  .prefault({});
export const mineInput = z.strictObject({ isAcknowledged, ...pageInput }).prefault({});
