import { z } from "zod";

/**
 * A mark of the log, or all marks that begin like it: `say.greet`, `say.ask.*`, `tool.reset_password`,
 * `customer.pressure.*`.
 */
const patternSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\.\*)?$/)
  .max(120);
export type Pattern = z.output<typeof patternSchema>;

export const matches = (pattern: Pattern, mark: string): boolean =>
  pattern.endsWith(".*") ? mark.startsWith(pattern.slice(0, -1)) : mark === pattern;

/** Whether a mark is one of these. */
export const matchesAny = (patterns: Pattern | readonly Pattern[], mark: string): boolean =>
  [patterns].flat().some((pattern) => matches(pattern, mark));

export const noteFields = ["symptom", "verification", "cause", "action", "next_step"] as const;
export type NoteField = (typeof noteFields)[number];

const common = {
  id: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/),
  weight: z.int().min(1).max(100),
  /** Said to the trainee. */
  text: z.string().trim().min(1).max(300),
  /** Applies to this part of the cast only. */
  when: z.enum(["owner", "impostor"]).optional(),
};

const patternsSchema = z.array(patternSchema).min(1).max(10);

/** What pays for something that did not happen pays only where it could have: where this, or one of these, happened. */
const exercised = z.union([patternSchema, patternsSchema]);

export const criterionSchema = z.union(
  [
    /** It happened. */
    z.strictObject({ ...common, has: patternSchema }),
    /** It did not happen, although there was occasion. */
    z.strictObject({ ...common, absent: patternSchema, exercised }),
    /** All of it happened. */
    z.strictObject({ ...common, all: patternsSchema }),
    /** One of it happened, whichever. */
    z.strictObject({ ...common, any: patternsSchema }),
    /** The share of it that happened. */
    z.strictObject({ ...common, ratio: z.array(patternSchema).min(1).max(20) }),
    /** How often it happened, linear between the two; where less is better only if there was occasion. */
    z.strictObject({
      ...common,
      count: z.strictObject({
        of: patternSchema,
        full: z.int().min(0).max(100),
        zero: z.int().min(0).max(100),
        exercised: exercised.optional(),
      }),
    }),
    /** The second happened, and the first before it. */
    z.strictObject({ ...common, precedence: z.tuple([patternSchema, patternSchema]) }),
    /** The second happened after the first, even if it had happened before it too: does it work now, asked again. */
    z.strictObject({ ...common, follows: z.tuple([patternSchema, patternSchema]) }),
    /** The share of what the customer did that was answered so before the customer's next turn; none is not applicable. */
    z.strictObject({ ...common, response: z.strictObject({ to: patternSchema, by: patternSchema }) }),
    /** The share of a guarded tool's verification points that was reached before it was first used. */
    z.strictObject({ ...common, points: z.string().max(48) }),
    /** The root cause that was last picked is the answer. */
    z.strictObject({ ...common, diagnosis: z.literal(true) }),
    /** The share of these fields that notes fill. */
    z.strictObject({
      ...common,
      note: z.array(z.enum(noteFields)).min(1),
    }),
  ],
  {
    error:
      "It takes one of has, absent with exercised, all, any, ratio, count, precedence, follows, response, points, diagnosis, note.",
  },
);

export type Criterion = z.output<typeof criterionSchema>;
