import { plusSeconds } from "../instant.ts";
import { sharedActs } from "./acts.ts";
import { noteFields } from "./criterion.ts";
import { type Move, playMove, startSession } from "./move.ts";
import type { Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";

/** What a trainee of no understanding does, each after so many seconds; moves that do not go are passed over. */
export function logOf(
  scenario: Scenario,
  castId: string,
  moves: readonly (readonly [move: Move, afterSeconds: number])[],
): SessionEvent[] {
  const log = startSession("2026-01-12T08:00:00.000Z");
  for (const [move, afterSeconds] of moves) {
    const now = plusSeconds(log.at(-1)!.at, afterSeconds);
    const played = playMove({ scenario, castId, seed: "trainee" }, log, move, now);
    if ("events" in played) log.push(...played.events);
  }
  return log;
}

/** Whatever a trainee could say and do. */
export function movesOf({ facts, tools, knowledge, rootCause, phrases }: Scenario): Move[] {
  const acts = new Set([
    ...Object.keys(sharedActs),
    ...Object.keys(facts).map((fact) => `ask.${fact}`),
    ...Object.keys(phrases),
  ]);
  return [
    ...[...acts].map((act): Move => ({ kind: "say", text: act, acts: [act] })),
    ...Object.keys(tools).map((tool): Move => ({ kind: "use_tool", tool })),
    ...knowledge.map((article): Move => ({ kind: "open_article", article: article.id })),
    ...Object.keys(rootCause.options).map((option): Move => ({ kind: "pick_root_cause", option })),
    ...noteFields.map((field): Move => ({
      kind: "write_note",
      fields: { [field]: `${field} as it was today` },
    })),
  ];
}

/** The facts that the customer says without having been asked for them, or without knowing them. */
export function unaskedFacts(
  { facts, cast }: Scenario,
  castId: string,
  log: readonly SessionEvent[],
): string[] {
  const { knows } = cast.find(({ id }) => id === castId)!;
  const asked = new Set<string>();
  return log.flatMap((event) => {
    if (event.kind === "trainee_said") for (const act of event.acts) asked.add(act.replace(/^ask\./, ""));
    if (event.kind !== "customer_said") return [];
    return Object.entries(facts)
      .filter(([, { value }]) => event.text.toLowerCase().includes(value.toLowerCase()))
      .map(([name]) => name)
      .filter((name) => !asked.has(name) || !knows.includes(name));
  });
}

/** Whole numbers of a seed (mulberry32). */
export function numbersOf(seed: string): () => number {
  let state = 7;
  for (let at = 0; at < seed.length; at += 1) state = (Math.imul(state, 31) + seed.charCodeAt(at)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
