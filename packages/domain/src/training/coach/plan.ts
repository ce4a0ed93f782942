import { matches, noteFields, type Pattern } from "../criterion.ts";
import type { Move } from "../move.ts";
import type { Setting } from "../persona.ts";
import type { Deed, Wishes } from "./wishes.ts";

/** A person says no more at once. */
const MOST_ACTS = 4;

/** Wishes as moves in an order that makes sense to a person and keeps to what must come first. */
export function movesFor({ scenario }: Setting, { deeds, before }: Wishes): Move[] {
  const rest = deeds.map((deed, place) => ({ deed, rank: rankOf(scenario, deed), place }));
  rest.sort((a, b) => a.rank - b.rank || a.place - b.place);
  const comesFirst = (a: Deed, b: Deed) =>
    a !== b &&
    before.some(([first, second]) => matches(first, a) && matches(second, b) && !matches(first, b));
  const moves: Move[] = [];
  let message: string[] = [];
  const close = () => {
    if (message.length > 0) moves.push(say(message));
    message = [];
  };
  while (rest.length > 0) {
    const free = rest.findIndex(({ deed }) => !rest.some((other) => comesFirst(other.deed, deed)));
    // Where all wait for each other no order is right.
    const { deed } = rest.splice(Math.max(0, free), 1)[0]!;
    if (deed.startsWith("say.")) {
      const act = deed.slice(4);
      const isApart =
        message.length >= MOST_ACTS || message.some((one) => one === act || comesFirst(`say.${one}`, deed));
      if (isApart) close();
      message.push(act);
    } else {
      // A customer hears at once what was said before.
      close();
      moves.push(moveFor(deed));
    }
  }
  close();
  return moves;
}

export const say = (acts: readonly string[]): Move => ({ kind: "say", text: acts.join(" + "), acts });

export function moveFor(deed: Deed): Move {
  const [kind, name = ""] = deed.split(".") as [string, string?];
  switch (kind) {
    case "say":
      return say([deed.slice(4)]);
    case "tool":
      return { kind: "use_tool", tool: name };
    case "article":
      return { kind: "open_article", article: name };
    case "root_cause":
      return { kind: "pick_root_cause", option: name };
    case "hint":
      return { kind: "take_hint", level: "nudge" };
    default:
      return {
        kind: "write_note",
        fields: Object.fromEntries(noteFields.map((field) => [field, `${field} as it was in this session`])),
      };
  }
}

const acts: readonly (readonly Pattern[])[] = [
  ["say.greet", "say.empathize", "say.apologize", "say.reassure", "say.thank"],
  ["say.ask.*", "say.check_understanding", "say.hold", "say.set_expectation"],
  ["article.*"],
  ["tool.*"],
  ["root_cause.*"],
  [],
  ["say.explain", "say.instruct.*", "say.tell.*"],
  ["say.confirm_fixed", "say.refuse", "say.explain_refusal", "say.escalate"],
  ["say.offer_more_help", "say.close"],
];
const FIXES = 5;

/** Whether something is said after the work is done. */
export const isLate = (scenario: Setting["scenario"], deed: Deed): boolean => rankOf(scenario, deed) > FIXES;

/** What a move does, as deeds. */
export const deedsOf = (move: Move): Deed[] => {
  if (move.kind === "say") return move.acts.map((act) => `say.${act}`);
  if (move.kind === "use_tool") return [`tool.${move.tool}`];
  if (move.kind === "open_article") return [`article.${move.article}`];
  if (move.kind === "pick_root_cause") return [`root_cause.${move.option}`];
  return move.kind === "write_note" ? ["note"] : [];
};

/** How many moves would stand on the wrong side of a deed that is put before the move at an index. */
export function disorder({ scenario }: Setting, moves: readonly Move[], deed: Deed, index: number): number {
  const rank = rankOf(scenario, deed);
  return moves.filter((move, place) =>
    deedsOf(move).some((one) =>
      place < index ? rankOf(scenario, one) > rank : rankOf(scenario, one) < rank,
    ),
  ).length;
}

/** Where in a session something belongs: greeting first, then questions, tools, what mends, explaining, closing. */
function rankOf({ tools, verification }: Setting["scenario"], deed: Deed): number {
  const tool = deed.startsWith("tool.") ? deed.slice(5) : null;
  if (tool && (tools[tool]?.isFix || Object.hasOwn(verification.required, tool))) return FIXES;
  const rank = acts.findIndex((patterns) => patterns.some((pattern) => matches(pattern, deed)));
  return rank < 0 ? acts.length : rank;
}
