import { plusSeconds } from "../instant.ts";
import { sharedActs } from "./acts.ts";
import { finish } from "./coach/finish.ts";
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

/** What a trainee says and does who goes by one script with everybody, and never mends anything. */
export function scriptsOf(scenario: Scenario): { name: string; moves: Move[] }[] {
  const { facts, tools, knowledge, rootCause, phrases, verification } = scenario;
  const say = (...acts: string[]): Move => ({ kind: "say", text: acts.join(" "), acts });
  const isRisky = (tool: string) => tools[tool]!.isFix || Object.hasOwn(verification.required, tool);
  const asks = Object.keys(facts)
    .filter((fact) => !verification.neverAsk.includes(fact))
    .map((fact) => say(`ask.${fact}`));
  const harmless = Object.keys(tools)
    .filter((tool) => !isRisky(tool))
    .map((tool): Move => ({ kind: "use_tool", tool }));
  const articles = knowledge.map(({ id }): Move => ({ kind: "open_article", article: id }));
  const cause: Move = { kind: "pick_root_cause", option: rootCause.answer };
  const fields = Object.fromEntries(noteFields.map((field) => [field, `${field} as it was today`]));
  const note: Move = { kind: "write_note", fields };
  const nonsense: Move = {
    kind: "write_note",
    fields: Object.fromEntries(noteFields.map((field) => [field, "x x x"])),
  };
  const friendly = say("greet", "empathize", "reassure", "set_expectation");
  const refusal = [say("explain"), say("refuse", "explain_refusal"), say("refuse", "explain_refusal")];
  const told = Object.keys(phrases).filter((act) => !act.startsWith("tell.") && !act.startsWith("ask."));
  // What a planner would do for each of the cast, but for what mends or is guarded.
  const planned = scenario.cast.flatMap(({ id }) =>
    finish({ scenario, castId: id, seed: "trainee" }, startSession("2026-01-12T08:00:00.000Z"))
      .moves.slice(0, -1)
      .filter((move) => move.kind !== "use_tool" || !isRisky(move.tool)),
  );
  return [
    { name: "always refuses", moves: [say("greet"), ...refusal, say("close"), nonsense] },
    { name: "polite to all", moves: [friendly, ...asks, ...articles, ...refusal, say("close"), nonsense] },
    {
      name: "never fixes",
      moves: [
        friendly,
        ...asks,
        ...articles,
        ...harmless,
        cause,
        say("explain"),
        say("confirm_fixed"),
        note,
        say("close"),
      ],
    },
    {
      name: "says everything to everybody",
      moves: [
        friendly,
        ...asks,
        ...told.map((act) => say(act)),
        ...harmless,
        ...articles,
        cause,
        ...refusal,
        say("confirm_fixed"),
        say("close"),
        note,
      ],
    },
    { name: "as planned for all of the cast, without what is risky", moves: planned },
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
