import { plusSeconds } from "../instant.ts";
import { actFamilies, sharedActs } from "./acts.ts";
import { noteFields } from "./criterion.ts";
import { grade } from "./grade.ts";
import { type Move, playMove, startSession } from "./move.ts";
import type { Setting } from "./persona.ts";
import type { Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";

/** A way through a scenario, and what it scores in hundredths of a point. */
export interface Path {
  moves: Move[];
  overall: number;
  isPassed: boolean;
}

/** What a bounded search found for one of the cast. */
export interface Proof {
  castId: string;
  role: "owner" | "impostor";
  /** The first path that passes: no shorter one was found. */
  shortestPass: Path | null;
  best: Path;
  /** The best of the paths that use a guarded tool; null where none was tried. */
  bestWithGuardedTool: Path | null;
}

interface Search {
  /** Paths that are taken on from each depth. */
  width: number;
  /** Moves of the longest path. */
  depth: number;
}

const START = "2026-01-12T08:00:00.000Z";
const MOVE_SECONDS = 10;

/**
 * Searches a scenario with its own engine: whether each of the cast can be brought to a pass, how shortly, and whether
 * a guarded tool helps. Deterministic; it finds ways, and finding none within its bounds is no proof that there is none.
 */
export function proveScenario(
  scenario: Scenario,
  { width, depth }: Search = { width: 24, depth: 26 },
): Proof[] {
  return scenario.cast.map(({ id: castId, role }) => {
    const setting = { scenario, castId, seed: "proof" };
    const found = search(setting, { width, depth });
    return { castId, role, ...found };
  });
}

interface State {
  moves: Move[];
  log: SessionEvent[];
  /** With the best ending. */
  path: Path;
  isGuarded: boolean;
}

function search(setting: Setting, { width, depth }: Search): Omit<Proof, "castId" | "role"> {
  const { scenario } = setting;
  const options = movesOf(scenario);
  let front = [stateOf(setting, [], startSession(START), scenario)];
  let best = front[0]!;
  let shortestPass: Path | null = null;
  let guarded: State | null = null;
  for (let step = 0; step < depth; step += 1) {
    const next = new Map<string, State>();
    for (const { moves, log } of front) {
      for (const move of options) {
        if (moves.some((made) => sameMove(made, move))) continue;
        const moved = playMove(setting, log, move, plusSeconds(log.at(-1)!.at, MOVE_SECONDS));
        if ("problem" in moved) continue;
        const state = stateOf(setting, [...moves, move], [...log, ...moved.events], scenario);
        // Paths of the same moves in another order that score the same are one.
        const key = `${state.path.overall} ${state.moves.map(nameOf).toSorted().join()}`;
        if (!next.has(key)) next.set(key, state);
      }
    }
    const ranked = [...next.values()].toSorted((a, b) => progress(setting, b) - progress(setting, a));
    for (const state of ranked) {
      if (state.path.overall > best.path.overall) best = state;
      if (state.isGuarded && (!guarded || state.path.overall > guarded.path.overall)) guarded = state;
    }
    shortestPass ??= ranked.find(({ path }) => path.isPassed)?.path ?? null;
    front = ranked.slice(0, width);
    if (front.length === 0 || best.path.overall === 10_000) break;
  }
  return { shortestPass, best: best.path, bestWithGuardedTool: guarded && guarded.path };
}

/** The overall score first; where caps or missing ends hide it, what the sections sum to. */
const progress = ({ scenario, castId }: Setting, { log, path }: State): number =>
  path.overall * 10 + grade(scenario, castId, log).raw;

function stateOf(setting: Setting, moves: Move[], log: SessionEvent[], { verification }: Scenario): State {
  const ends: Move[] = [
    { kind: "resolve" },
    { kind: "refuse", reason: "not who they say they are" },
    { kind: "escalate", reason: "somebody else has to" },
  ];
  const paths = ends.map((end): Path => {
    const moved = playMove(setting, log, end, plusSeconds(log.at(-1)!.at, MOVE_SECONDS));
    const events = "events" in moved ? moved.events : [];
    const { overall, isPassed } = grade(setting.scenario, setting.castId, [...log, ...events]);
    return { moves: [...moves, end], overall, isPassed };
  });
  const path = paths.reduce((a, b) => (b.overall > a.overall ? b : a));
  const isGuarded = moves.some((move) => move.kind === "use_tool" && move.tool in verification.required);
  return { moves, log, path, isGuarded };
}

/** Everything that a trainee could sensibly do once. */
function movesOf({ facts, tools, knowledge, rootCause, phrases }: Scenario): Move[] {
  const say = (...acts: string[]): Move => ({ kind: "say", text: acts.join(" "), acts });
  const named = Object.keys(phrases).filter((act) =>
    actFamilies.some((family) => act.startsWith(`${family}.`)),
  );
  const text = "as it was in this session";
  return [
    ...Object.keys(sharedActs).map((act) => say(act)),
    ...Object.keys(facts).map((fact) => say(`ask.${fact}`)),
    ...named.filter((act) => !act.startsWith("ask.")).map((act) => say(act)),
    ...Object.keys(tools).map((tool): Move => ({ kind: "use_tool", tool })),
    ...knowledge.map(({ id }): Move => ({ kind: "open_article", article: id })),
    ...Object.keys(rootCause.options).map((option): Move => ({ kind: "pick_root_cause", option })),
    { kind: "write_note", fields: Object.fromEntries(noteFields.map((field) => [field, text])) },
  ];
}

/** A move in a few words: `ask.employee_id`, `use call_back`. */
export function nameOf(move: Move): string {
  switch (move.kind) {
    case "say":
      return move.acts.join(" + ");
    case "use_tool":
      return `use ${move.tool}`;
    case "open_article":
      return `open ${move.article}`;
    case "take_hint":
      return `hint ${move.level}`;
    case "write_note":
      return `note ${Object.keys(move.fields).join(", ")}`;
    case "pick_root_cause":
      return `pick ${move.option}`;
    default:
      return move.kind;
  }
}

const sameMove = (a: Move, b: Move): boolean => nameOf(a) === nameOf(b);
