import { type Scenario, type SessionEvent, hintLevels, noteFields, pressureTactics } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

const line = { sequence: z.int(), at: instantSchema };
const acts = z.array(z.string());

/** An event as its trainee reads it. What would tell who the customer is comes after the session's end: it is null before. */
export const eventSchema = z.discriminatedUnion("kind", [
  z.object({ ...line, kind: z.literal("session_started") }),
  z.object({ ...line, kind: z.literal("trainee_said"), text: z.string(), acts: acts.nullable() }),
  z.object({
    ...line,
    kind: z.literal("customer_said"),
    text: z.string(),
    /** The conversation is over. */
    isLast: z.boolean(),
    behind: z
      .object({
        tells: z.array(z.string()),
        evades: z.array(z.string()),
        tactic: z.enum(pressureTactics).nullable(),
        mood: z.int(),
        patience: z.int(),
        leaves: z.enum(["gives_up", "out_of_patience"]).nullable(),
      })
      .nullable(),
  }),
  z.object({
    ...line,
    kind: z.literal("tool_used"),
    tool: z.string(),
    name: z.string(),
    isDone: z.boolean(),
    /** What it showed; null where it did not work and there is no more to say about that. */
    result: z.string().nullable(),
  }),
  z.object({
    ...line,
    kind: z.literal("article_opened"),
    article: z.string(),
    title: z.string(),
    body: z.string(),
  }),
  z.object({ ...line, kind: z.literal("hint_taken"), level: z.enum(hintLevels), text: z.string() }),
  z.object({
    ...line,
    kind: z.literal("note_written"),
    fields: z.partialRecord(z.enum(noteFields), z.string()),
  }),
  z.object({ ...line, kind: z.literal("root_cause_picked"), option: z.string(), text: z.string() }),
  z.object({ ...line, kind: z.literal("escalated"), reason: z.string() }),
  z.object({ ...line, kind: z.literal("refused"), reason: z.string() }),
  z.object({ ...line, kind: z.literal("resolved") }),
  z.object({ ...line, kind: z.literal("abandoned") }),
  z.object({
    ...line,
    kind: z.literal("act_corrected"),
    of: z.int(),
    acts,
    /** Why, in the trainer's words. */
    reason: z.string().nullable(),
    correctedById: idSchema.nullable(),
  }),
]);
export type EventView = z.output<typeof eventSchema>;

/** @param isOver whether the session has ended. */
export function toEvent(
  event: SessionEvent,
  { tools, knowledge, hints, rootCause }: Scenario,
  isOver: boolean,
  actorId: string | null = null,
): EventView {
  const { sequence, at } = event;
  const line = { sequence, at };
  switch (event.kind) {
    case "trainee_said":
      return { ...line, kind: event.kind, text: event.text, acts: isOver ? event.acts : null };
    case "customer_said": {
      const { kind, text, tells, evades, tactic, mood, patience, leaves } = event;
      const behind = isOver ? { tells, evades, tactic, mood, patience, leaves } : null;
      return { ...line, kind, text, isLast: leaves !== null, behind };
    }
    case "tool_used": {
      const { kind, tool, isDone } = event;
      const { name, result, otherwise = null } = tools[tool]!;
      return { ...line, kind, tool, name, isDone, result: isDone ? result : otherwise };
    }
    case "article_opened": {
      const { title, body } = knowledge.find(({ id }) => id === event.article)!;
      return { ...line, kind: event.kind, article: event.article, title, body };
    }
    case "hint_taken":
      return { ...line, kind: event.kind, level: event.level, text: hints[event.level] };
    case "root_cause_picked":
      return { ...line, kind: event.kind, option: event.option, text: rootCause.options[event.option]! };
    case "act_corrected":
      return { ...event, reason: event.reason ?? null, correctedById: actorId };
    default:
      return event;
  }
}
