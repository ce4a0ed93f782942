import { type Instant, later, plusSeconds } from "../instant.ts";
import type { NoteField } from "./criterion.ts";
import { answerTo, personaState, type Setting, toolWorks } from "./persona.ts";
import { endings, type SessionEvent } from "./session-log.ts";
import type { HintLevel } from "./xp.ts";

/** What a trainee does. `acts` are those that the recogniser found in the text. */
export type Move =
  | { kind: "say"; text: string; acts: readonly string[] }
  | { kind: "use_tool"; tool: string }
  | { kind: "open_article"; article: string }
  | { kind: "take_hint"; level: HintLevel }
  | { kind: "write_note"; fields: Partial<Record<NoteField, string>> }
  | { kind: "pick_root_cause"; option: string }
  | { kind: "escalate" | "refuse"; reason: string }
  | { kind: "resolve" | "abandon" };

export const moveProblems = [
  "session_ended",
  "customer_left",
  "unknown_tool",
  "unknown_article",
  "unknown_option",
] as const;
export type MoveProblem = (typeof moveProblems)[number];

export type Moved = { events: SessionEvent[] } | { problem: MoveProblem };

/** How long a customer takes to answer. */
const ANSWER_SECONDS = 5;

export const isEnded = (log: readonly SessionEvent[]): boolean =>
  log.some(({ kind }) => (endings as readonly string[]).includes(kind));

/** The first event of every session. */
export const startSession = (at: Instant): SessionEvent[] => [{ kind: "session_started", sequence: 1, at }];

/** What a move adds to the log, the customer's answer to a message included; time never goes back. */
export function playMove(setting: Setting, log: readonly SessionEvent[], move: Move, now: Instant): Moved {
  if (isEnded(log)) return { problem: "session_ended" };
  const last = log.at(-1)!;
  const line = { sequence: last.sequence + 1, at: later(now, last.at) };
  const one = (event: SessionEvent): Moved => ({ events: [event] });
  const { scenario } = setting;
  switch (move.kind) {
    case "say": {
      const state = personaState(setting, log);
      if (state.hasLeft) return { problem: "customer_left" };
      const said: SessionEvent = { ...line, kind: "trainee_said", text: move.text, acts: [...move.acts] };
      const answer = answerTo(setting, [...log, said]);
      const at = plusSeconds(line.at, ANSWER_SECONDS);
      return { events: [said, { ...answer, kind: "customer_said", sequence: line.sequence + 1, at }] };
    }
    case "use_tool": {
      if (!(move.tool in scenario.tools)) return { problem: "unknown_tool" };
      const isDone = toolWorks(setting, personaState(setting, log), move.tool);
      return one({ ...line, kind: "tool_used", tool: move.tool, isDone });
    }
    case "open_article":
      return scenario.knowledge.some(({ id }) => id === move.article)
        ? one({ ...line, kind: "article_opened", article: move.article })
        : { problem: "unknown_article" };
    case "take_hint":
      return one({ ...line, kind: "hint_taken", level: move.level });
    case "write_note":
      return one({ ...line, kind: "note_written", fields: move.fields });
    case "pick_root_cause":
      return move.option in scenario.rootCause.options
        ? one({ ...line, kind: "root_cause_picked", option: move.option })
        : { problem: "unknown_option" };
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
