import { MAX_ACTS, MAX_REASON, MAX_TEXT, difficulties, hintLevels, noteFields } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, requiredText, safeText } from "../schemas.ts";

const ofSession = { sessionId: idSchema };
const name = safeText(100).min(1);

export const startInput = z.strictObject({
  /** The caller may make the id, so that a retry cannot start a second session. */
  id: idSchema.optional(),
  /** The active revision of a scenario. */
  scenarioId: idSchema,
  /** On a virtual clock time passes where `advance` says so; such a session counts for nothing but practice. */
  clock: z.enum(["real", "virtual"]).default("real"),
});
export const sessionInput = z.strictObject(ofSession);
export const onChangeInput = z.strictObject({ ...ofSession, lastEventId: safeText(20).nullish() });
export const sayInput = z.strictObject({ ...ofSession, text: requiredText(MAX_TEXT) });
export const useToolInput = z.strictObject({ ...ofSession, tool: name });
export const openArticleInput = z.strictObject({ ...ofSession, article: name });
export const takeHintInput = z.strictObject({ ...ofSession, level: z.enum(hintLevels) });
export const writeNoteInput = z.strictObject({
  ...ofSession,
  fields: z
    .strictObject(
      Object.fromEntries(noteFields.map((field) => [field, safeText(MAX_TEXT).optional()])) as Record<
        (typeof noteFields)[number],
        z.ZodOptional<ReturnType<typeof safeText>>
      >,
    )
    .refine((fields) => Object.values(fields).some((text) => text?.trim()), "says nothing"),
});
export const pickRootCauseInput = z.strictObject({ ...ofSession, option: name });
export const reasonInput = z.strictObject({ ...ofSession, reason: requiredText(MAX_REASON) });
export const advanceInput = z.strictObject({ ...ofSession, seconds: z.int().min(1).max(86_400) });
export const listInput = z
  .strictObject({
    /** One's own, or those of the people one trains. */
    whose: z.enum(["mine", "supervised"]).default("mine"),
    /** Of those, one person's. */
    userId: idSchema.optional(),
    /** The key of a scenario. */
    scenario: safeText(63).min(1).optional(),
    difficulty: z.enum(difficulties).optional(),
    state: z.enum(["active", "ended"]).optional(),
    clock: z.enum(["real", "virtual"]).optional(),
    ...pageInput,
  })
  .prefault({});
export const correctActInput = z.strictObject({
  ...ofSession,
  /** The message's place in the log. */
  sequence: z.int().min(1).max(10_000),
  acts: z.array(name).max(MAX_ACTS),
  reason: requiredText(MAX_REASON),
});
