import type { Cast, Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";

/** How a persona stands in a conversation: a fold of its log. */
export interface PersonaState {
  mood: number;
  patience: number;
  /** Facts that were said already. */
  told: ReadonlySet<string>;
  /** Facts that were asked for and not said. */
  evaded: ReadonlySet<string>;
  /** How often they were refused. */
  refusals: number;
  /** What the tools have made of the world. */
  world: Scenario["world"];
  turn: number;
  hasLeft: boolean;
}

export interface Setting {
  scenario: Scenario;
  castId: string;
  /** Draws among phrases; the same seed says the same. */
  seed: string;
}

export const castOf = ({ scenario, castId }: Pick<Setting, "scenario" | "castId">): Cast => {
  const cast = scenario.cast.find(({ id }) => id === castId);
  if (!cast) throw new Error(`No ${castId} in the cast of ${scenario.id}.`);
  return cast;
};

/** Where a persona stands after a log. */
export function personaState(setting: Setting, log: readonly SessionEvent[]): PersonaState {
  const { mood, patience } = castOf(setting);
  const told = new Set<string>();
  const evaded = new Set<string>();
  const state = { mood, patience, refusals: 0, world: setting.scenario.world, turn: 0, hasLeft: false };
  let isRefused = false;
  for (const event of log) {
    if (event.kind === "trainee_said") isRefused = event.acts.includes("refuse");
    else if (event.kind === "customer_said") {
      state.mood = event.mood;
      state.patience = event.patience;
      for (const fact of event.tells) told.add(fact);
      for (const fact of event.evades) evaded.add(fact);
      if (isRefused) state.refusals += 1;
      isRefused = false;
      state.turn += 1;
      state.hasLeft = event.leaves !== null;
    } else if (event.kind === "tool_used" && event.isDone) {
      state.world = { ...state.world, ...setting.scenario.tools[event.tool]?.effects };
    }
  }
  return { ...state, told, evaded };
}

/** Whether a tool does what it should: the world allows it, and what proves identity takes the owner. */
export function toolWorks(setting: Setting, state: Pick<PersonaState, "world">, name: string): boolean {
  const { tools } = setting.scenario;
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!tool || (tool.provesIdentity && castOf(setting).role !== "owner")) return false;
  return Object.entries(tool.requires).every(([key, value]) => state.world[key] === value);
}

/** Everything that mends has been done. */
export const isFixed = ({ tools }: Scenario, world: Scenario["world"]): boolean =>
  Object.values(tools)
    .filter((tool) => tool.isFix)
    .every((tool) => Object.entries(tool.effects).every(([key, value]) => world[key] === value));
