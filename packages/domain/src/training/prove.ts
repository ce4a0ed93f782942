import { boundOf } from "./coach/bound.ts";
import { bestEnd, finish } from "./coach/finish.ts";
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

/** What can be made of a scenario with one of the cast. */
export interface Proof {
  castId: string;
  role: "owner" | "impostor";
  /** The path that passes with the fewest moves that were found: without any one of them it does not. */
  shortestPass: Path | null;
  best: Path;
  /** The best that was found for an owner who is not helped; null for an impostor, and where nothing mends. */
  bestUnsolved: Path | null;
  /** The best of the paths that begin with a guarded tool, for whoever it is; null where none works so early. */
  bestWithGuardedTool: Path | null;
  /** What no path at all that begins so goes beyond, in hundredths. */
  mostWithGuardedTool: number | null;
}

const START = "2026-01-12T08:00:00.000Z";

/**
 * Plays a scenario with its own engine: whether each of the cast can be brought to a pass, how shortly, and what is left
 * for who uses a guarded tool without knowing who asks. Deterministic; milliseconds for each of the cast.
 */
export function proveScenario(scenario: Scenario): Proof[] {
  return scenario.cast.map(({ id: castId, role }) => {
    const setting = { scenario, castId, seed: "proof" };
    const start = startSession(START);
    const best = finish(setting, start);
    const helped = Object.keys(scenario.verification.required).flatMap((tool) => {
      const log = usedAtOnce(setting, start, tool);
      return log ? [{ log, path: finish(setting, log), most: boundOf(setting, log).overall }] : [];
    });
    const worst = helped.toSorted((a, b) => b.path.overall - a.path.overall)[0];
    return {
      castId,
      role,
      shortestPass: best.isPassed ? pathOf(shortened(setting, start, best)) : null,
      best: pathOf(best),
      bestUnsolved: role === "owner" ? unsolved(setting, start, best) : null,
      bestWithGuardedTool: worst ? pathOf(worst.path) : null,
      mostWithGuardedTool: worst ? Math.max(...helped.map(({ most }) => most)) : null,
    };
  });
}

const pathOf = ({ moves, overall, isPassed }: Path): Path => ({ moves, overall, isPassed });

/** The best path without one of the tools that mend, whichever is missed least. */
function unsolved(setting: Setting, start: readonly SessionEvent[], { moves }: Path): Path | null {
  const { tools } = setting.scenario;
  const paths = Object.keys(tools)
    .filter((tool) => tools[tool]!.isFix)
    .map((tool) => moves.slice(0, -1).filter((move) => move.kind !== "use_tool" || move.tool !== tool))
    .map((others) => pathOf(bestEnd(setting, start, others)));
  return paths.toSorted((a, b) => b.overall - a.overall)[0] ?? null;
}

/** Ways that are taken on at each length. */
const WIDTH = 4;

/** Leaves out one move after the other, the least missed first, for as long as it passes. */
function shortened(setting: Setting, start: readonly SessionEvent[], whole: Path): Path {
  let front = [whole];
  for (;;) {
    const shorter = new Map<string, Path>();
    for (const { moves } of front) {
      for (const index of moves.slice(0, -1).keys()) {
        const path = bestEnd(setting, start, moves.slice(0, -1).toSpliced(index, 1));
        // An answer that is due comes back by itself.
        const isShorter = path.isPassed && path.moves.length < moves.length;
        if (isShorter) shorter.set(path.moves.map(nameOf).join(), path);
      }
    }
    if (shorter.size === 0) return front[0]!;
    front = [...shorter.values()].toSorted((a, b) => b.overall - a.overall).slice(0, WIDTH);
  }
}

/** The log of a tool used before anything else, but for the tools that it takes; null where it does not work so. */
function usedAtOnce(setting: Setting, start: readonly SessionEvent[], tool: string): SessionEvent[] | null {
  const log = [...start];
  for (const name of chainTo(setting.scenario, tool)) {
    const moved = playMove(setting, log, { kind: "use_tool", tool: name }, START);
    if ("events" in moved) log.push(...moved.events);
  }
  return log.some((event) => event.kind === "tool_used" && event.tool === tool && event.isDone) ? log : null;
}

/** The tools that make the world so that one works, and then the one. */
function chainTo({ tools, world }: Scenario, tool: string, above: readonly string[] = []): string[] {
  const missing = Object.entries(tools[tool]?.requires ?? {}).filter(([key, value]) => world[key] !== value);
  return [
    ...missing.flatMap(([key, value]) => {
      const maker = Object.keys(tools).find((other) => tools[other]!.effects[key] === value);
      return maker && !above.includes(maker)
        ? chainTo({ tools, world } as Scenario, maker, [...above, tool])
        : [];
    }),
    tool,
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
