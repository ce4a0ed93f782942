import { toEpochMs } from "../instant.ts";
import type { Cast } from "./scenario.ts";
import { isFixed, type PersonaState, type Setting } from "./persona.ts";
import type { EventOf, SessionEvent } from "./session-log.ts";

/** -100 to 100, and 0 to 100. */
export type Feeling = Pick<PersonaState, "mood" | "patience">;

/** A mood below this is felt by the trainee: the customer is upset. */
export const UPSET = -30;

const MINUTE_MS = 60_000;
/** Idle minutes beyond this cost patience, one each. */
const FREE_MINUTES = 2;
/** … where the trainee had said that it takes a while. */
const FORETOLD_MINUTES = 6;

const feels = (mood: number, patience: number): Feeling => ({ mood, patience });

/** What acts do to mood and patience. */
const effects: Readonly<Record<string, Feeling>> = {
  greet: feels(4, 2),
  empathize: feels(12, 6),
  apologize: feels(8, 4),
  set_expectation: feels(3, 5),
  reassure: feels(5, 2),
  thank: feels(4, 2),
  hold: feels(-2, -3),
  refuse: feels(-15, -8),
  escalate: feels(-3, 0),
  rude: feels(-30, -20),
};
/** Being asked is work, and being asked twice is worse. */
const asked = feels(0, -2);
const askedAgain = feels(-6, -8);
const notUnderstood = feels(-3, -5);
const fixed = feels(20, 5);
const notFixed = feels(-6, -4);
/** The less somebody knows of the matter, the more an explanation helps and the more an instruction takes. */
const explained: Record<Cast["techLevel"], Feeling> = {
  novice: feels(5, 4),
  everyday: feels(4, 3),
  expert: feels(2, 1),
};
const instructed: Record<Cast["techLevel"], Feeling> = {
  novice: feels(-1, -4),
  everyday: feels(0, -2),
  expert: feels(0, -1),
};

/** How the customer feels about the last message of a log. Whose patience is used up by waiting hears no more of it. */
export function feelingAbout(
  setting: Setting,
  cast: Cast,
  state: PersonaState,
  log: readonly SessionEvent[],
): Feeling {
  const message = log.at(-1) as EventOf<"trainee_said">;
  const waited = Math.max(0, state.patience - impatience(log));
  if (waited === 0) return { mood: state.mood, patience: 0 };
  const acts = new Set(message.acts);
  const all = acts.size === 0 ? [notUnderstood] : [...acts].map((act) => effectOf(act, setting, cast, state));
  const moved = all.reduce((sum, { mood }) => sum + mood, 0);
  const spent = all.reduce((sum, { patience }) => sum + patience, 0);
  return {
    mood: clamp(state.mood + Math.trunc((moved * cast.volatility) / 100), -100),
    patience: clamp(waited + spent, 0),
  };
}

function effectOf(act: string, { scenario }: Setting, { techLevel }: Cast, state: PersonaState): Feeling {
  const [family, of] = act.split(".") as [string, string?];
  if (family === "ask" && of) return state.told.has(of) || state.evaded.has(of) ? askedAgain : asked;
  if (family === "instruct") return instructed[techLevel];
  if (act === "explain") return explained[techLevel];
  if (act === "confirm_fixed") return isFixed(scenario, state.world) ? fixed : notFixed;
  return Object.hasOwn(effects, act) ? effects[act]! : feels(0, 0);
}

const clamp = (value: number, min: number): number => Math.max(min, Math.min(100, value));

/** What waiting for the last message cost: whole minutes from when the trainee had the turn. */
function impatience(log: readonly SessionEvent[]): number {
  const before = log.slice(0, -1);
  const since = before.findLast(({ kind }) => kind === "customer_said" || kind === "session_started");
  const waitedMs = since ? toEpochMs(log.at(-1)!.at) - toEpochMs(since.at) : 0;
  const last = before.findLast((event) => event.kind === "trainee_said");
  const isForetold = last?.acts.some((act) => act === "hold" || act === "set_expectation") ?? false;
  return Math.max(0, Math.floor(waitedMs / MINUTE_MS) - (isForetold ? FORETOLD_MINUTES : FREE_MINUTES));
}
