import type { Draw } from "../../proof/draw.ts";
import { plusSeconds, toEpochMs } from "../../instant.ts";
import type { Grade, grade } from "../grade.ts";
import { type Move, moveOf, type playMove, startSession } from "../move.ts";
import type { Setting } from "../persona.ts";
import { isEnded, type SessionEvent } from "../session-log.ts";
import type { Trainee } from "./trainee.ts";

/** What is held to its rules: the shipped engine, or one that breaks them. */
export interface Engine {
  play: typeof playMove;
  grade: typeof grade;
}

export interface Session {
  setting: Setting;
  log: SessionEvent[];
  grade: Grade;
}

const START = "2026-01-12T08:00:00.000Z";
const MOST_MOVES = 60;

/** A random session, to its end or not, with what trainers corrected afterwards. */
export function randomSession(engine: Engine, setting: Setting, trainee: Trainee, draw: Draw): Session {
  const log = startSession(START);
  const make = (move: Move) => {
    const at = plusSeconds(log.at(-1)!.at, trainee.waits());
    const moved = engine.play(setting, log, move, at);
    if ("events" in moved) log.push(...moved.events);
  };
  const moves = draw.once(50) ? 400 : draw.below(MOST_MOVES);
  for (let move = 0; move < moves && !isEnded(log); move += 1) {
    make(trainee.move());
    if (draw.once(100)) correct(log, trainee, draw);
  }
  if (!draw.once(5)) make(trainee.end());
  if (draw.once(3)) correct(log, trainee, draw);
  const { scenario, castId } = setting;
  return { setting, log, grade: engine.grade(scenario, castId, log) };
}

function correct(log: SessionEvent[], trainee: Trainee, draw: Draw): void {
  const said = log.filter(({ kind }) => kind === "trainee_said").map(({ sequence }) => sequence);
  for (let times = Math.min(said.length, draw.below(4)); times > 0; times -= 1) {
    const { sequence, at } = log.at(-1)!;
    log.push({
      kind: "act_corrected",
      sequence: sequence + 1,
      at: plusSeconds(at, 60),
      of: draw.of(said),
      acts: trainee.acts(),
    });
  }
}

/** The log again, from nothing but the moves in it and their instants. @throws Error where a move no longer goes. */
export function replay({ play }: Engine, setting: Setting, log: readonly SessionEvent[]): SessionEvent[] {
  const again = startSession(log[0]!.at);
  for (const event of log.slice(1)) {
    const move = moveOf(event);
    if (event.kind === "act_corrected") again.push(event);
    if (!move) continue;
    const moved = play(setting, again, move, event.at);
    if ("problem" in moved) throw new Error(`#${event.sequence} does not go: ${moved.problem}.`);
    again.push(...moved.events);
  }
  return again;
}

export const isInOrder = (log: readonly SessionEvent[]): boolean =>
  log.every(({ sequence, at }, index) => {
    const before = log[index - 1];
    return sequence === index + 1 && (!before || toEpochMs(before.at) <= toEpochMs(at));
  });
