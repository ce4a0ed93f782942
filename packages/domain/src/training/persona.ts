import { toEpochMs } from "../instant.ts";
import type { Cast, PressureTactic, Scenario } from "./scenario.ts";
import type { EventOf, SessionEvent } from "./session-log.ts";
import { variantOf } from "./variant.ts";

/** How a persona stands in a conversation: a fold of its log. */
export interface PersonaState {
  mood: number;
  patience: number;
  /** Facts that were said already. */
  told: ReadonlySet<string>;
  /** How often an impostor was refused. */
  refusals: number;
  /** What the tools have made of the world. */
  world: Scenario["world"];
  turn: number;
  hasLeft: boolean;
}

/** What the customer answers, but for its place in the log. */
export type Answer = Omit<EventOf<"customer_said">, "sequence" | "at" | "kind">;

export interface Setting {
  scenario: Scenario;
  castId: string;
  /** Draws among phrases; the same seed says the same. */
  seed: string;
}

const MINUTE_MS = 60_000;
/** Idle minutes beyond this cost patience, one each. */
const FREE_MINUTES = 2;

interface Effect {
  mood: number;
  patience: number;
}

/** What acts do to mood and patience; asking is work, and being asked twice is worse. */
const effects: Record<string, Effect> = {
  greet: { mood: 4, patience: 2 },
  empathize: { mood: 12, patience: 6 },
  apologize: { mood: 8, patience: 4 },
  explain: { mood: 4, patience: 3 },
  set_expectation: { mood: 3, patience: 5 },
  reassure: { mood: 5, patience: 2 },
  thank: { mood: 4, patience: 2 },
  hold: { mood: -2, patience: -3 },
  refuse: { mood: -15, patience: -8 },
  escalate: { mood: -3, patience: 0 },
  rude: { mood: -30, patience: -20 },
};
const askedOnce: Effect = { mood: 0, patience: -2 };
const askedAgain: Effect = { mood: -6, patience: -8 };
const notUnderstood: Effect = { mood: -3, patience: -5 };

export const castOf = ({ scenario, castId }: Pick<Setting, "scenario" | "castId">): Cast => {
  const cast = scenario.cast.find(({ id }) => id === castId);
  if (!cast) throw new Error(`No ${castId} in the cast of ${scenario.id}.`);
  return cast;
};

/** Where a persona stands after a log. */
export function personaState(setting: Setting, log: readonly SessionEvent[]): PersonaState {
  const cast = castOf(setting);
  let state: PersonaState = {
    mood: cast.mood,
    patience: cast.patience,
    told: new Set(),
    refusals: 0,
    world: setting.scenario.world,
    turn: 0,
    hasLeft: false,
  };
  for (const event of log) {
    if (event.kind === "customer_said") {
      state = {
        ...state,
        mood: event.mood,
        patience: event.patience,
        told: new Set([...state.told, ...event.tells]),
        refusals: state.refusals + (event.tactic || event.leaves === "gives_up" ? 1 : 0),
        turn: state.turn + 1,
        hasLeft: event.leaves !== null,
      };
    } else if (event.kind === "tool_used" && event.isDone) {
      const tool = setting.scenario.tools[event.tool];
      state = { ...state, world: { ...state.world, ...tool?.effects } };
    }
  }
  return state;
}

/** Whether a tool does what it should: the world allows it, and what proves identity takes the owner. */
export function toolWorks(setting: Setting, state: Pick<PersonaState, "world">, name: string): boolean {
  const tool = setting.scenario.tools[name];
  if (!tool || (tool.provesIdentity && castOf(setting).role !== "owner")) return false;
  return Object.entries(tool.requires).every(([key, value]) => state.world[key] === value);
}

/**
 * What the customer says to the trainee's last message. A fact is said only if it is known and was asked for; an
 * impostor who is refused presses, one step of the ladder each time, and then gives up. `log` ends with the message.
 */
export function answerTo(setting: Setting, log: readonly SessionEvent[]): Answer {
  const message = log.at(-1);
  if (message?.kind !== "trainee_said") throw new Error("There is no message to answer.");
  const cast = castOf(setting);
  const state = personaState(setting, log);
  const asked = message.acts.filter((act) => act.startsWith("ask.")).map((act) => act.slice(4));
  const tells = asked.filter((fact) => cast.knows.includes(fact) && !(fact in cast.evade));
  const evades = asked.filter((fact) => !tells.includes(fact));
  const { mood, patience } = feel(cast, state, message, waitedMinutes(log));

  const say = (key: string, lines: readonly string[]) => variantOf(setting.seed, key, state.turn, lines);
  const parts = [
    ...tells.map((fact) => setting.scenario.facts[fact]!.value),
    ...evades.map((fact) => say(`evade.${fact}`, cast.evade[fact] ?? defaults.evade)),
  ];
  const isRefused = cast.role === "impostor" && message.acts.includes("refuse");
  if (isRefused) {
    if (state.refusals + 1 >= cast.givesUpAfter) {
      return {
        text: say("gives_up", cast.answers["gives_up"] ?? defaults.gives_up),
        tells: [],
        evades,
        tactic: null,
        mood,
        patience,
        leaves: "gives_up",
      };
    }
    const step = cast.pressure[Math.min(state.refusals, cast.pressure.length - 1)];
    if (step) return pressing(step, say, { evades, mood, patience });
  }
  if (patience === 0) {
    return {
      text: say("leaves", cast.answers["leaves"] ?? defaults.leaves),
      tells: [],
      evades: [],
      tactic: null,
      mood,
      patience,
      leaves: "out_of_patience",
    };
  }
  const others = message.acts.filter((act) => !act.startsWith("ask."));
  parts.push(...replies(setting, state, others, say));
  if (message.acts.length === 0) parts.push(say("not_understood", defaults.not_understood));
  return { text: parts.join(" "), tells, evades, tactic: null, mood, patience, leaves: null };
}

type Say = (key: string, lines: readonly string[]) => string;

const pressing = (
  { tactic, lines }: { tactic: PressureTactic; lines: readonly string[] },
  say: Say,
  rest: Pick<Answer, "evades" | "mood" | "patience">,
): Answer => ({ ...rest, text: say(`pressure.${tactic}`, lines), tells: [], tactic, leaves: null });

/** One answer at most to what was said beside questions: to the last thing that there is an answer to. */
function replies(setting: Setting, state: PersonaState, acts: readonly string[], say: Say): string[] {
  const { answers } = castOf(setting);
  const act = acts.findLast((one) => one in answers) ?? acts.at(-1);
  if (act === undefined) return [];
  if (act === "confirm_fixed" && !isFixed(setting.scenario, state.world))
    return [say("not_fixed", answers["not_fixed"] ?? defaults.not_fixed)];
  return [say(act, answers[act] ?? answers["else"] ?? defaults.else)];
}

/** Everything that mends has been done. */
export const isFixed = ({ tools }: Scenario, world: Scenario["world"]): boolean =>
  Object.values(tools)
    .filter((tool) => tool.isFix)
    .every((tool) => Object.entries(tool.effects).every(([key, value]) => world[key] === value));

function feel(
  { volatility }: Cast,
  state: PersonaState,
  { acts }: EventOf<"trainee_said">,
  waited: number,
): Pick<PersonaState, "mood" | "patience"> {
  const all = acts.flatMap((act): Effect[] => {
    if (act.startsWith("ask.")) return [state.told.has(act.slice(4)) ? askedAgain : askedOnce];
    return effects[act] ? [effects[act]] : [];
  });
  if (acts.length === 0) all.push(notUnderstood);
  const moved = all.reduce((sum, { mood }) => sum + mood, 0);
  const spent = all.reduce((sum, { patience }) => sum + patience, 0) - Math.max(0, waited - FREE_MINUTES);
  return {
    mood: clamp(state.mood + Math.trunc((moved * volatility) / 100), -100),
    patience: clamp(state.patience + spent, 0),
  };
}

const clamp = (value: number, min: number): number => Math.max(min, Math.min(100, value));

/** Whole minutes from when the trainee had the turn to the message. */
function waitedMinutes(log: readonly SessionEvent[]): number {
  const before = log
    .slice(0, -1)
    .findLast(({ kind }) => kind === "customer_said" || kind === "session_started");
  const waitedMs = before ? toEpochMs(log.at(-1)!.at) - toEpochMs(before.at) : 0;
  return Math.max(0, Math.floor(waitedMs / MINUTE_MS));
}

const defaults = {
  evade: ["I cannot say.", "I do not know that."],
  gives_up: ["Forget it. I will find another way."],
  leaves: ["This takes too long. I will call somebody else."],
  not_fixed: ["No, it is still the same.", "Not yet, nothing has changed."],
  not_understood: ["Sorry, what do you mean?", "I do not follow. Can you say that differently?"],
  else: ["All right.", "Okay."],
};
