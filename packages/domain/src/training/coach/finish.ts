import { matches } from "../criterion.ts";
import { grade } from "../grade.ts";
import { markLog, Verification } from "../marks.ts";
import { type Move, playMove } from "../move.ts";
import type { Setting } from "../persona.ts";
import { isEnded, playedPart, type SessionEvent } from "../session-log.ts";
import { boundOf } from "./bound.ts";
import { endingMove } from "./change.ts";
import { movesFor, moveFor, say } from "./plan.ts";
import { Possible } from "./possible.ts";
import { criteriaFor, deedPattern, wishesOf } from "./wishes.ts";

/** A way to go on from a log to its end, and the score that it comes to, in hundredths. */
export interface Finish {
  moves: Move[];
  log: SessionEvent[];
  overall: number;
  isPassed: boolean;
  /** What no way at all goes beyond: where the score reaches it, this is the best there is. */
  bound: number;
}

/**
 * The best end of a session that can be found quickly, without losing another second: what the criteria ask for is put in
 * order and played, with whatever the customer's turns ask for on the way. Deterministic.
 */
export function finish(setting: Setting, log: readonly SessionEvent[]): Finish {
  const { scenario, castId } = setting;
  const start = playedPart(log);
  const bound = boundOf(setting, log).overall;
  if (isEnded(log)) {
    const { overall, isPassed } = grade(scenario, castId, log);
    return { moves: [], log: start, overall, isPassed, bound };
  }
  const marked = markLog(scenario, castId, start);
  const wishes = wishesOf(setting, marked, new Possible(setting, marked, true));
  const moves = movesFor(setting, wishes);
  const planned = bestEnd(setting, start, moves);
  if (planned.isPassed || bound < scenario.passMark * 100) return { ...planned, bound };
  // The last resort: many quick messages bring the mean down.
  const quick = bestEnd(setting, start, [...moves.flatMap(oneByOne), ...QUICK]);
  return { ...(quick.overall > planned.overall ? quick : planned), bound };
}

const oneByOne = (move: Move): Move[] => (move.kind === "say" ? move.acts.map((act) => say([act])) : [move]);
const QUICK = Array.from({ length: 20 }, (_, index) =>
  say([index % 2 === 0 ? "explain" : "set_expectation"]),
);

type Way = Omit<Finish, "bound">;

const ends = (["resolve", "refuse", "escalate"] as const).map(endingMove);

/** Plays moves and the end that is best after them. */
export function bestEnd(setting: Setting, start: readonly SessionEvent[], moves: readonly Move[]): Way {
  const played = play(setting, start, moves);
  const ways = ends.map((end): Way => {
    const log = [...played.log];
    push(setting, log, end);
    const { overall, isPassed } = grade(setting.scenario, setting.castId, log);
    return { moves: [...played.moves, end], log, overall, isPassed };
  });
  return ways.reduce((a, b) => (b.overall > a.overall ? b : a));
}

/** Adds what a move brings; false where it cannot be made. */
function push(setting: Setting, log: SessionEvent[], move: Move): boolean {
  const moved = playMove(setting, log, move, log.at(-1)!.at);
  if ("problem" in moved) return false;
  log.push(...moved.events);
  return true;
}

/** More than so many answers to answers lead nowhere. */
const MOST_REACTIONS = 6;
const SOOTHING = ["empathize", "apologize", "set_expectation", "reassure", "explain"];

/** Plays moves one after the other, and answers on the way what must be answered before the customer's next turn. */
function play(setting: Setting, start: readonly SessionEvent[], planned: readonly Move[]) {
  const log = [...start];
  const moves: Move[] = [];
  const due = new Set<string>();
  const make = (move: Move) => {
    if (move.kind === "use_tool" && !isOpen(setting, log, move.tool)) return;
    if (!push(setting, log, move)) return;
    moves.push(move);
    for (const deed of reactionsTo(setting, log)) due.add(deed);
  };
  const speak = (acts: readonly string[]) => {
    const spoken = [...due].filter((deed) => deed.startsWith("say.")).map((deed) => deed.slice(4));
    due.clear();
    const all = [...new Set([...spoken, ...acts])];
    make(say(staying(setting, log, all)));
  };
  const react = () => {
    for (const deed of due) {
      if (deed.startsWith("say.")) continue;
      due.delete(deed);
      make(moveFor(deed));
    }
  };
  for (const deed of reactionsTo(setting, log)) due.add(deed);
  const lastWord = planned.findLastIndex(({ kind }) => kind === "say");
  for (const [index, move] of planned.entries()) {
    react();
    if (move.kind === "say") speak(move.acts);
    else {
      // What is due is said before the paperwork, where no message follows that could say it too.
      if (index > lastWord && due.size > 0) speak([]);
      make(move);
    }
  }
  for (let more = 0; more < MOST_REACTIONS && due.size > 0; more += 1) {
    react();
    if (due.size > 0) speak([]);
  }
  return { log, moves };
}

/** Whether a tool may be used by now without an auto-fail. */
function isOpen(setting: Setting, log: readonly SessionEvent[], tool: string): boolean {
  const { scenario, castId } = setting;
  if (!Object.hasOwn(scenario.verification.required, tool)) return true;
  const verification = new Verification(scenario, castId);
  for (const event of log) verification.see(event);
  return verification.opens(tool);
}

/** What the customer's last turn asks for. */
function reactionsTo(setting: Setting, log: readonly SessionEvent[]): string[] {
  const last = log.at(-1)!;
  if (last.kind !== "customer_said" || last.leaves !== null) return [];
  const { marks } = markLog(setting.scenario, setting.castId, [last])[0]!;
  return criteriaFor(setting).flatMap((criterion) => {
    if (!("response" in criterion)) return [];
    const { to, by } = criterion.response;
    const isDue = marks.some((mark) => matches(to, mark)) && !by.endsWith("*");
    return isDue ? [deedPattern(by)] : [];
  });
}

/** The acts, with as many kind words as keep the customer from leaving. */
function staying(setting: Setting, log: readonly SessionEvent[], acts: readonly string[]): readonly string[] {
  for (let kind = 0; kind <= SOOTHING.length; kind += 1) {
    const all = [...new Set([...acts, ...SOOTHING.slice(0, kind)])];
    const moved = playMove(setting, log, say(all), log.at(-1)!.at);
    if (!("events" in moved)) return acts;
    const answer = moved.events.at(-1)!;
    if (answer.kind === "customer_said" && answer.leaves !== "out_of_patience") return all;
  }
  return acts;
}
