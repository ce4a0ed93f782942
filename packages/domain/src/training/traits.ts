import { noteFields } from "./criterion.ts";
import { creditOf } from "./credit.ts";
import { markLog } from "./marks.ts";
import { FULL } from "./rational.ts";
import { responseTimes } from "./response-time.ts";
import type { PressureTactic, Scenario } from "./scenario.ts";
import { playedPart, type SessionEvent } from "./session-log.ts";
import { type HintCounts, hintLevels } from "./xp.ts";

/** A tactic of pressure, or `none` where the customer did not press. */
export type Pressure = PressureTactic | "none";

/** What a session shows beside its score: what achievements and statistics count. A function of its log. */
export interface SessionTraits {
  hints: HintCounts;
  /** What the customer pressed with, each once; `none` alone where they did not. */
  pressures: Pressure[];
  /** What was pressed with last before an impostor got a guarded tool done; null where none did. */
  acceptedUnder: Pressure | null;
  /** What was pressed with last before an owner was sent away; null where none was. */
  rejectedUnder: Pressure | null;
  isImpostorRefused: boolean;
  hasCompleteNote: boolean;
  isFirstReplyInTime: boolean;
}

/** Refused, or passed on with nothing mended where that is owed. */
function isSentAway(
  { tools, autoFail }: Scenario,
  played: readonly SessionEvent[],
  end: SessionEvent,
): boolean {
  if (end.kind !== "escalated") return end.kind === "refused";
  const fixes = Object.keys(tools).filter((name) => tools[name]!.isFix);
  const isOwed = fixes.length > 0 && autoFail.unsolved < 100;
  return isOwed && !played.some((one) => one.kind === "tool_used" && one.isDone && fixes.includes(one.tool));
}

export function traitsOf(scenario: Scenario, castId: string, log: readonly SessionEvent[]): SessionTraits {
  const played = playedPart(log);
  const role = scenario.cast.find(({ id }) => id === castId)?.role;
  let last: Pressure = "none";
  let acceptedUnder: Pressure | null = null;
  let rejectedUnder: Pressure | null = null;
  const pressures = new Set<Pressure>();
  for (const event of played) {
    if (event.kind === "customer_said" && event.tactic) {
      last = event.tactic;
      pressures.add(last);
    } else if (event.kind === "tool_used" && event.isDone && event.tool in scenario.verification.required) {
      if (role === "impostor") acceptedUnder ??= last;
    } else if (role === "owner" && isSentAway(scenario, played, event)) rejectedUnder = last;
  }
  const marked = markLog(scenario, castId, log);
  const { firstReplyMs } = responseTimes(marked);
  const note = { id: "note", weight: 1, text: "note", note: [...noteFields] };
  return {
    hints: Object.fromEntries(
      hintLevels.map((level) => [
        level,
        played.filter((event) => event.kind === "hint_taken" && event.level === level).length,
      ]),
    ) as HintCounts,
    pressures: pressures.size === 0 ? ["none"] : [...pressures],
    acceptedUnder,
    rejectedUnder,
    isImpostorRefused: role === "impostor" && acceptedUnder === null && played.at(-1)?.kind === "refused",
    hasCompleteNote: creditOf(note, { scenario, castId, log: marked }).millionths === FULL,
    isFirstReplyInTime: firstReplyMs !== null && firstReplyMs <= scenario.time.firstReply.fullSeconds * 1_000,
  };
}
