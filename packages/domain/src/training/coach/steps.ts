import { type Instant, later } from "../../instant.ts";
import { type Move, moveOf, playMove } from "../move.ts";
import type { Setting } from "../persona.ts";
import { isEnded, type SessionEvent } from "../session-log.ts";

/** What the trainee did at an instant; what was inserted has no place in the log that it came from. */
export interface Step {
  sequence: number | null;
  at: Instant;
  move: Move;
  /** What a trainer said that the message did; the customer heard `move.acts`. */
  corrected: readonly string[] | null;
  /** When the customer answered it. */
  answeredAt: Instant | null;
}

/** The acts that a step is judged by. */
export const actsOf = ({ move, corrected }: Step): readonly string[] =>
  move.kind === "say" ? (corrected ?? move.acts) : [];

/** What happened up to the end, without corrections, as it was recorded. */
function recordedPart(log: readonly SessionEvent[]): SessionEvent[] {
  const part: SessionEvent[] = [];
  for (const event of log) {
    if (event.kind !== "act_corrected") part.push(event);
    if (isEnded([event])) break;
  }
  return part;
}

/** What the trainee did in a log up to its end. */
export function stepsOf(log: readonly SessionEvent[]): Step[] {
  const corrected = new Map(
    log.flatMap((event) => (event.kind === "act_corrected" ? [[event.of, event.acts] as const] : [])),
  );
  const recorded = recordedPart(log);
  return recorded.flatMap((event, index): Step[] => {
    const move = moveOf(event);
    if (!move) return [];
    const { sequence, at } = event;
    const next = recorded[index + 1];
    const answeredAt = event.kind === "trainee_said" && next?.kind === "customer_said" ? next.at : null;
    return [{ sequence, at, move, corrected: corrected.get(sequence) ?? null, answeredAt }];
  });
}

/**
 * The log of changed steps: as recorded up to the first change, and from there played by the engine, each step at its
 * instant. What cannot be done any more, as a message to somebody who has left, is left out; corrections come last.
 */
export function replay(
  setting: Setting,
  log: readonly SessionEvent[],
  steps: readonly Step[],
): SessionEvent[] {
  const before = stepsOf(log);
  const same = steps.findIndex((step, index) => !isSame(step, before[index]));
  const kept = same < 0 ? Math.min(steps.length, before.length) : same;
  const until = before[kept]?.sequence ?? Infinity;
  const played = recordedPart(log)
    .filter(({ sequence }) => sequence < until)
    .map((event, index) => ({ ...event, sequence: index + 1 }));
  const places = played.flatMap((event) => (moveOf(event) ? [event.sequence] : []));
  const corrections = steps.slice(0, kept).map(({ corrected }, index) => ({ corrected, of: places[index]! }));
  for (const { at, move, corrected, answeredAt } of steps.slice(kept)) {
    const moved = playMove(setting, played, move, at);
    if ("problem" in moved) continue;
    const [first, answer] = moved.events as [SessionEvent, SessionEvent?];
    corrections.push({ corrected, of: first.sequence });
    played.push(first);
    if (answer) played.push(answeredAt ? { ...answer, at: later(answeredAt, first.at) } : answer);
  }
  const at = played.at(-1)!.at;
  for (const { corrected, of } of corrections)
    if (corrected)
      played.push({ kind: "act_corrected", sequence: played.length + 1, at, of, acts: [...corrected] });
  return played;
}

const isSame = (a: Step, b: Step | undefined): boolean =>
  b !== undefined &&
  (a === b || (a.sequence === b.sequence && a.at === b.at && JSON.stringify(a) === JSON.stringify(b)));
