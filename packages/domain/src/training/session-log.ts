import { z } from "zod";
import { isInstant } from "../instant.ts";
import { actSchema } from "./acts.ts";
import { noteFields } from "./criterion.ts";
import { nameSchema, pressureTactics } from "./scenario.ts";
import { hintLevels } from "./xp.ts";

const at = z.string().refine(isInstant, "not an instant");
const line = { sequence: z.int().positive(), at };

/** The longest message, answer or field of a note. */
export const MAX_TEXT = 10_000;
/** The longest reason of an escalation or a refusal. */
export const MAX_REASON = 2_000;
/** The most acts of one message. */
export const MAX_ACTS = 20;
/** The most questions of one message that are counted as not understood. */
export const MAX_MISSED = 100;
/** The most events of a session up to its end. */
export const MAX_EVENTS = 500;

/** What happened in a session, in order, numbered without gaps from 1. The log alone makes the score. */
export const sessionEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...line, kind: z.literal("session_started") }),
  z.strictObject({
    ...line,
    kind: z.literal("trainee_said"),
    text: z.string().max(MAX_TEXT),
    acts: z.array(actSchema).max(MAX_ACTS),
    /** How many questions of it were not understood, where any was. */
    missed: z.int().min(1).max(MAX_MISSED).optional(),
  }),
  z.strictObject({
    ...line,
    kind: z.literal("customer_said"),
    text: z.string().max(MAX_TEXT),
    /** The facts that it says. */
    tells: z.array(nameSchema).max(50).default([]),
    /** The facts that were asked for and not said. */
    evades: z.array(nameSchema).max(50).default([]),
    tactic: z.enum(pressureTactics).nullable().default(null),
    mood: z.int().min(-100).max(100),
    patience: z.int().min(0).max(100),
    /** An impostor gives up; whoever has no patience left leaves. Both end the conversation. */
    leaves: z.enum(["gives_up", "out_of_patience"]).nullable().default(null),
  }),
  z.strictObject({ ...line, kind: z.literal("tool_used"), tool: nameSchema, isDone: z.boolean() }),
  z.strictObject({ ...line, kind: z.literal("article_opened"), article: nameSchema }),
  z.strictObject({ ...line, kind: z.literal("hint_taken"), level: z.enum(hintLevels) }),
  z.strictObject({
    ...line,
    kind: z.literal("note_written"),
    fields: z.partialRecord(z.enum(noteFields), z.string().max(MAX_TEXT)),
  }),
  z.strictObject({ ...line, kind: z.literal("root_cause_picked"), option: nameSchema }),
  z.strictObject({ ...line, kind: z.literal("escalated"), reason: z.string().max(MAX_REASON) }),
  z.strictObject({ ...line, kind: z.literal("refused"), reason: z.string().max(MAX_REASON) }),
  z.strictObject({ ...line, kind: z.literal("resolved") }),
  z.strictObject({ ...line, kind: z.literal("abandoned") }),
  /** A trainer says what a message did; it may come after the end. */
  z.strictObject({
    ...line,
    kind: z.literal("act_corrected"),
    of: z.int().positive(),
    acts: z.array(actSchema).max(MAX_ACTS),
    /** Why, in the trainer's words. */
    reason: z.string().max(MAX_REASON).optional(),
  }),
]);

export type SessionEvent = z.output<typeof sessionEventSchema>;
export type SessionEventKind = SessionEvent["kind"];
export type EventOf<Kind extends SessionEventKind> = Extract<SessionEvent, { kind: Kind }>;

/** How a session can end with an outcome. */
export const outcomes = ["resolved", "escalated", "refused"] as const satisfies SessionEventKind[];
export const endings = [...outcomes, "abandoned"] as const satisfies SessionEventKind[];

const isEnding = ({ kind }: SessionEvent): boolean => (endings as readonly string[]).includes(kind);

export const isEnded = (log: readonly SessionEvent[]): boolean => log.some(isEnding);

/** A log as scores read it: up to its end, with corrected acts in the place of recognised ones. */
export function playedPart(log: readonly SessionEvent[]): SessionEvent[] {
  const corrected = new Map(
    log.flatMap((event) => (event.kind === "act_corrected" ? [[event.of, event.acts] as const] : [])),
  );
  const end = log.findIndex(isEnding);
  return (end < 0 ? log : log.slice(0, end + 1)).flatMap((event): SessionEvent[] => {
    if (event.kind === "act_corrected") return [];
    if (event.kind !== "trainee_said") return [event];
    return [{ ...event, acts: corrected.get(event.sequence) ?? event.acts }];
  });
}
