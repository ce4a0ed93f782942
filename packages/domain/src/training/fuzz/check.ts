import { canonicalJson } from "../canonical-json.ts";
import { MAX_EVENTS, sessionEventSchema, type SessionEvent } from "../session-log.ts";
import { contradictionsOf } from "./contradictions.ts";
import type { Fault } from "./fault.ts";
import { leaksOf } from "./leaks.ts";
import { scoreFaultsOf } from "./scores.ts";
import { type Engine, isInOrder, replay, type Session } from "./session.ts";

/** All that a session broke. Nothing of the engine decides here what is right: it is only asked to do it again. */
export const faultsOf = (engine: Engine, session: Session): Fault[] => [
  ...leaksOf(session),
  ...contradictionsOf(session),
  ...scoreFaultsOf(session),
  ...logFaults(session),
  ...replayFaults(engine, session),
];

function logFaults({ log }: Session): Fault[] {
  const wrong = (sequence: number, message: string): Fault => ({ kind: "bounds", sequence, message });
  const corrections = log.filter(({ kind }) => kind === "act_corrected").length;
  return [
    ...(isInOrder(log) ? [] : [wrong(0, "numbers or instants go back")]),
    ...(log.length - corrections > MAX_EVENTS ? [wrong(0, "the log is too long")] : []),
    ...log.flatMap((event) => {
      const { error } = sessionEventSchema.safeParse(event);
      return error ? [wrong(event.sequence, error.issues[0]!.message)] : [];
    }),
  ];
}

function replayFaults(engine: Engine, { setting, log, grade }: Session): Fault[] {
  const wrong = (message: string): Fault => ({ kind: "replay", sequence: 0, message });
  const scored = (events: readonly SessionEvent[]) =>
    canonicalJson(engine.grade(setting.scenario, setting.castId, events));
  const stored = JSON.parse(canonicalJson(log)) as SessionEvent[];
  try {
    return [
      ...(canonicalJson(replay(engine, setting, stored)) === canonicalJson(log)
        ? []
        : [wrong("the moves make another log")]),
      ...(scored(stored) === canonicalJson(grade) ? [] : [wrong("the stored log scores otherwise")]),
    ];
  } catch (error) {
    return [wrong((error as Error).message)];
  }
}
