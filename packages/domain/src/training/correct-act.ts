import { type Instant, later } from "../instant.ts";
import { refuse } from "../refusal.ts";
import { actFamilies, sharedActs } from "./acts.ts";
import type { Scenario } from "./scenario.ts";
import { isEnded, type SessionEvent } from "./session-log.ts";

export interface ActCorrection {
  /** The message's place in the log. */
  sequence: number;
  acts: readonly string[];
  reason: string;
}

/** The most events of a log with its corrections. */
const MOST_EVENTS = 1_000;

/** The acts that a message of this scenario can have: the shared ones, those on its facts, and its author's own. */
export function actsOf({ facts, phrases }: Pick<Scenario, "facts" | "phrases">): string[] {
  const onFacts = Object.keys(facts).flatMap((fact) =>
    actFamilies.filter((family) => family !== "instruct").map((family) => `${family}.${fact}`),
  );
  return [...new Set([...Object.keys(sharedActs), ...onFacts, ...Object.keys(phrases)])];
}

/**
 * A trainer's word on what a message did, as an event after a session's end.
 * @throws RefusalError `session.not_ended`, `session.not_a_message`, `session.unknown_act`, `session.full`.
 */
export function correctAct(
  scenario: Scenario,
  log: readonly SessionEvent[],
  { sequence, acts, reason }: ActCorrection,
  now: Instant,
): SessionEvent {
  if (!isEnded(log)) refuse({ code: "session.not_ended" });
  if (log.length >= MOST_EVENTS) refuse({ code: "session.full", limit: MOST_EVENTS });
  if (log[sequence - 1]?.kind !== "trainee_said") refuse({ code: "session.not_a_message" });
  const known = actsOf(scenario);
  if (!acts.every((act) => known.includes(act))) refuse({ code: "session.unknown_act", known });
  const last = log.at(-1)!;
  return {
    kind: "act_corrected",
    sequence: last.sequence + 1,
    at: later(now, last.at),
    of: sequence,
    acts: [...new Set(acts)],
    reason,
  };
}
