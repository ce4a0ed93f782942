import { plusSeconds } from "../../instant.ts";
import { Draw } from "../../proof/draw.ts";
import { noteFields } from "../criterion.ts";
import { ourScenarios } from "../shipped.fixtures.ts";
import { Trainee } from "../fuzz/trainee.ts";
import { type Move, playMove, startSession } from "../move.ts";
import type { Setting } from "../persona.ts";
import { isEnded, type SessionEvent } from "../session-log.ts";
import { finish } from "./finish.ts";

const START = "2026-01-12T08:00:00.000Z";

export interface Drawn {
  setting: Setting;
  log: SessionEvent[];
}

export const castsOfOurs = ourScenarios.flatMap((scenario) =>
  scenario.cast.map(({ id }): Setting => ({ scenario, castId: id, seed: "cast" })),
);

/**
 * A session of somebody who knows more or less what to do: of the best way they take some moves, leave others out, and
 * do anything between, some slowly and some rudely. Some sessions have acts that a trainer corrected, some have no end.
 */
export function drawSession(seed: number): Drawn {
  const draw = new Draw(seed);
  const { scenario, castId } = draw.of(castsOfOurs);
  const setting = { scenario, castId, seed: `${seed}` };
  const log = startSession(START);
  const trainee = aTrainee(setting, draw);
  const skill = 1 + draw.below(8);
  const slowness = draw.once(5) ? 300 : 0;
  const isRude = draw.once(12);
  for (const move of finish(setting, log).moves.slice(0, -1)) {
    while (draw.once(2 + skill)) play(setting, log, trainee.move(), draw.below(60));
    if (!draw.once(1 + skill))
      play(setting, log, halved(move, draw), draw.below(draw.once(9) ? 500 : 70) + slowness);
    if (isRude) play(setting, log, { kind: "say", text: "So what?", acts: ["rude"] }, 5);
  }
  if (!draw.once(8)) play(setting, log, trainee.end(), draw.below(40));
  const said = log.filter(({ kind }) => kind === "trainee_said");
  for (const { sequence } of said) if (draw.once(12)) correct(log, sequence, trainee.acts());
  return { setting, log };
}

/** A session of somebody who does anything, in any scenario. */
export function drawAnything(setting: Setting, seed: number): SessionEvent[] {
  const draw = new Draw(seed);
  const trainee = aTrainee(setting, draw);
  const log = startSession(START);
  for (let moves = 4 + draw.below(14); moves > 0; moves -= 1)
    play(setting, log, trainee.move(), draw.below(120));
  play(setting, log, trainee.end(), 10);
  return log;
}

/** Goes on from a log at random, and ends. */
export function goOn({ setting, log }: Drawn, seed: number): SessionEvent[] {
  const draw = new Draw(seed);
  const trainee = aTrainee(setting, draw);
  const on = [...log];
  for (const move of finish(setting, log).moves.slice(0, -1)) {
    while (draw.once(3)) play(setting, on, trainee.move(), draw.below(9));
    if (!draw.once(8)) play(setting, on, halved(move, draw), draw.below(3));
  }
  if (!isEnded(on)) play(setting, on, draw.once(3) ? trainee.end() : finish(setting, on).moves.at(-1)!, 0);
  return on;
}

const aTrainee = (setting: Setting, draw: Draw) =>
  new Trainee(draw, setting.scenario, { phrases: ["as it was"], keyWords: ["printer", "code"] }, () => []);

/** At times a message says only a part, and a note holds only a field. */
function halved(move: Move, draw: Draw): Move {
  if (!draw.once(4)) return move;
  if (move.kind === "say") return { ...move, acts: move.acts.slice(0, 1 + draw.below(2)) };
  return move.kind === "write_note"
    ? { ...move, fields: { [draw.of(noteFields)]: "as it was in this session" } }
    : move;
}

function play(setting: Setting, log: SessionEvent[], move: Move, afterSeconds: number): void {
  const moved = playMove(setting, log, move, plusSeconds(log.at(-1)!.at, afterSeconds));
  if ("events" in moved) log.push(...moved.events);
}

function correct(log: SessionEvent[], of: number, acts: string[]): void {
  log.push({ kind: "act_corrected", sequence: log.length + 1, at: log.at(-1)!.at, of, acts });
}
