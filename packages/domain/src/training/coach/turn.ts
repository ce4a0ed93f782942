import { isEnded, playedPart, type SessionEvent } from "../session-log.ts";
import { castOf } from "../persona.ts";
import type { Scenario } from "../scenario.ts";
import type { Change, Turn } from "./change.ts";
import { finish } from "./finish.ts";
import { deedsOf } from "./plan.ts";
import type { Deed } from "./wishes.ts";
import type { Lost } from "./ways.ts";

/** What sends somebody away. */
const SENDS_AWAY = ["refuse", "explain_refusal", "escalate"];

/**
 * The way that the planner would have gone from the wrong turn on, where a session was lost: more than one thing, but one
 * change of course. The wrong turn is the first of what fails it, what sends an owner away, and the end.
 */
export function turning({ setting, graded }: Lost, log: readonly SessionEvent[]): Change[] {
  const played = playedPart(log);
  if (graded.isPassed || !isEnded(played)) return [];
  const fails = graded.autoFails.filter(({ kind }) => kind !== "unsolved").map(({ sequence }) => sequence);
  const isUnsolved = graded.autoFails.some(({ kind }) => kind === "unsolved");
  const isOwner = castOf(setting).role === "owner";
  const away = played.find(
    (event) => event.kind === "trainee_said" && event.acts.some((act) => SENDS_AWAY.includes(act)),
  );
  const isWrongEnd = isOwner ? isUnsolved : log.every(({ kind }) => kind !== "refused");
  if (fails.length === 0 && !isWrongEnd) return [];
  const from = Math.min(
    ...fails,
    ...(isOwner && isUnsolved && away ? [away.sequence] : []),
    played.at(-1)!.sequence,
  );
  const index = played.findIndex(({ sequence }) => sequence === from);
  if (index < 1) return [];
  const { moves } = finish(setting, played.slice(0, index));
  return moves.length > 0 ? [{ kind: "turned", from, moves }] : [];
}

/** Whether a deed tells who it is. */
export const isProof = ({ verification }: Scenario, deed: Deed): boolean =>
  Object.values(verification.factors).some(({ fact, tool }) =>
    tool ? deed === `tool.${tool}` : deed === `say.ask.${fact}`,
  );

/** What a turn is told by: who it is, what mends or is guarded, and where nothing of it is, the tools. */
export function toldDeeds(scenario: Scenario, { moves }: Turn): Deed[] {
  const { tools, verification } = scenario;
  const deeds = moves.flatMap(deedsOf);
  const isDecisive = (deed: Deed) =>
    deed.startsWith("tool.") &&
    (tools[deed.slice(5)]?.isFix === true || Object.hasOwn(verification.required, deed.slice(5)));
  const rest = deeds.some(isDecisive) ? isDecisive : (deed: Deed) => deed.startsWith("tool.");
  return deeds.filter((deed) => isProof(scenario, deed) || rest(deed));
}
