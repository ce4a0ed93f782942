import { type Instant, later } from "../instant.ts";
import { answerTo } from "./answer.ts";
import type { NoteField } from "./criterion.ts";
import { personaState, type Setting, toolWorks } from "./persona.ts";
import {
  isEnded,
  MAX_ACTS,
  MAX_EVENTS,
  MAX_MISSED,
  MAX_REASON,
  MAX_TEXT,
  type SessionEvent,
} from "./session-log.ts";
import type { HintLevel } from "./xp.ts";

/** What a trainee does. `acts` are those that the recogniser found in the text, `missed` the questions that it did not. */
export type Move =
  | { kind: "say"; text: string; acts: readonly string[]; missed?: number | undefined }
  | { kind: "use_tool"; tool: string }
  | { kind: "open_article"; article: string }
  | { kind: "take_hint"; level: HintLevel }
  | { kind: "write_note"; fields: Partial<Record<NoteField, string>> }
  | { kind: "pick_root_cause"; option: string }
  | { kind: "escalate" | "refuse"; reason: string }
  | { kind: "resolve" | "abandon" };

/** The move that an event records; null for what the trainee did not do. */
export function moveOf(event: SessionEvent): Move | null {
  switch (event.kind) {
    case "trainee_said":
      return { kind: "say", text: event.text, acts: event.acts, missed: event.missed };
    case "tool_used":
      return { kind: "use_tool", tool: event.tool };
    case "article_opened":
      return { kind: "open_article", article: event.article };
    case "hint_taken":
      return { kind: "take_hint", level: event.level };
    case "note_written":
      return { kind: "write_note", fields: event.fields };
    case "root_cause_picked":
      return { kind: "pick_root_cause", option: event.option };
    case "escalated":
      return { kind: "escalate", reason: event.reason };
    case "refused":
      return { kind: "refuse", reason: event.reason };
    case "resolved":
      return { kind: "resolve" };
    case "abandoned":
      return { kind: "abandon" };
    default:
      return null;
  }
}

export const moveProblems = [
  "session_ended",
  /** Only an end has room in the log. */
  "session_full",
  "customer_left",
  "nothing_said",
  "too_long",
  "unknown_tool",
  "unknown_article",
  "unknown_option",
] as const;
export type MoveProblem = (typeof moveProblems)[number];

export type Moved = { events: SessionEvent[] } | { problem: MoveProblem };

/** The first event of every session. */
export const startSession = (at: Instant): SessionEvent[] => [{ kind: "session_started", sequence: 1, at }];

/**
 * What a move adds to the log, the customer's answer to a message included; time never goes back. Tools, articles and
 * notes go on when the customer has left, and a session can always be ended: even in silence, for what that scores.
 */
export function playMove(setting: Setting, log: readonly SessionEvent[], move: Move, now: Instant): Moved {
  const problem = problemOf(setting, log, move);
  if (problem) return { problem };
  const last = log.at(-1)!;
  const line = { sequence: last.sequence + 1, at: later(now, last.at) };
  const one = (event: SessionEvent): Moved => ({ events: [event] });
  switch (move.kind) {
    case "say": {
      const acts = [...new Set(move.acts)].slice(0, MAX_ACTS);
      const missed = Math.min(move.missed ?? 0, MAX_MISSED);
      const lost = missed > 0 ? { missed } : {};
      const said: SessionEvent = { ...line, kind: "trainee_said", text: move.text, acts, ...lost };
      const answer = answerTo(setting, [...log, said]);
      // The answer is there at once, so that the log is never ahead of the clock.
      return {
        events: [said, { ...line, ...answer, kind: "customer_said", sequence: line.sequence + 1 }],
      };
    }
    case "use_tool": {
      const isDone = toolWorks(setting, personaState(setting, log), move.tool);
      return one({ ...line, kind: "tool_used", tool: move.tool, isDone });
    }
    case "open_article":
      return one({ ...line, kind: "article_opened", article: move.article });
    case "take_hint":
      return one({ ...line, kind: "hint_taken", level: move.level });
    case "write_note":
      return one({ ...line, kind: "note_written", fields: move.fields });
    case "pick_root_cause":
      return one({ ...line, kind: "root_cause_picked", option: move.option });
    case "escalate":
      return one({ ...line, kind: "escalated", reason: move.reason });
    case "refuse":
      return one({ ...line, kind: "refused", reason: move.reason });
    case "resolve":
      return one({ ...line, kind: "resolved" });
    case "abandon":
      return one({ ...line, kind: "abandoned" });
  }
}

const ends: readonly Move["kind"][] = ["resolve", "escalate", "refuse", "abandon"];

/** Why a move cannot be made; null where it can. */
function problemOf(setting: Setting, log: readonly SessionEvent[], move: Move): MoveProblem | null {
  if (isEnded(log)) return "session_ended";
  const room = MAX_EVENTS - 1 - log.length;
  if (!ends.includes(move.kind) && room < (move.kind === "say" ? 2 : 1)) return "session_full";
  const { tools, knowledge, rootCause } = setting.scenario;
  switch (move.kind) {
    case "say":
      if (personaState(setting, log).hasLeft) return "customer_left";
      return textProblem([move.text], MAX_TEXT);
    case "use_tool":
      return Object.hasOwn(tools, move.tool) ? null : "unknown_tool";
    case "open_article":
      return knowledge.some(({ id }) => id === move.article) ? null : "unknown_article";
    case "write_note":
      return textProblem(Object.values(move.fields), MAX_TEXT);
    case "pick_root_cause":
      return Object.hasOwn(rootCause.options, move.option) ? null : "unknown_option";
    case "escalate":
    case "refuse":
      return move.reason.length > MAX_REASON ? "too_long" : null;
    default:
      return null;
  }
}

const textProblem = (texts: readonly string[], most: number): MoveProblem | null =>
  texts.some(({ length }) => length > most)
    ? "too_long"
    : texts.every((text) => text.trim() === "")
      ? "nothing_said"
      : null;
