import { matches, type Pattern } from "../criterion.ts";
import { type Marked, Verification } from "../marks.ts";
import { castOf, personaState, type PersonaState, type Setting } from "../persona.ts";
import type { Cast } from "../scenario.ts";

/** How a session may still end. */
export type End = "resolve" | "escalate" | "refuse" | "abandon";

/**
 * Which marks a log under way can still come to have, given how it will end. It errs on the side of possible: what it
 * calls impossible no continuation brings.
 */
export class Possible {
  readonly state: PersonaState;
  readonly cast: Cast;
  readonly provenPoints: number;
  /** The most verification points that can be proven. */
  readonly points: number;
  /** Guarded tools that can be used without an auto-fail, now or after all that can still be proven. */
  readonly #openable: ReadonlySet<string>;
  readonly #world: ReadonlySet<string>;
  /** What the trainee read out proves nobody. */
  readonly #readOut: ReadonlySet<string>;
  readonly #setting: Setting;
  readonly #verification: Verification;
  readonly #isSafe: boolean;

  /** `isSafe`: without any auto-fail from here on. */
  constructor(setting: Setting, log: readonly Marked[], isSafe: boolean) {
    const events = log.map(({ event }) => event);
    const { scenario, castId } = setting;
    this.#setting = setting;
    this.#isSafe = isSafe;
    this.cast = castOf(setting);
    this.state = personaState(setting, events);
    this.#world = reachableWorld(setting, this.state);
    const verification = new Verification(scenario, castId);
    for (const event of events) verification.see(event);
    const said = new Set(log.flatMap(({ marks }) => marks));
    this.#readOut = new Set(Object.keys(scenario.facts).filter((fact) => said.has(`say.tell.${fact}`)));
    this.#verification = verification;
    this.provenPoints = verification.points;
    this.points = this.#reach();
    this.#openable = new Set(
      Object.entries(scenario.verification.required).flatMap(([tool, required]) =>
        verification.opens(tool) || (this.cast.role === "owner" && this.points >= required) ? [tool] : [],
      ),
    );
  }

  says(act: string): boolean {
    if (this.state.hasLeft) return false;
    const { neverAsk, neverTell } = this.#setting.scenario.verification;
    const isForbidden =
      neverAsk.some((fact) => act === `ask.${fact}`) || neverTell.some((fact) => act === `tell.${fact}`);
    return !(this.#isSafe && isForbidden);
  }

  /** Whether everything that mends can come to be done, where that is owed. */
  get mends(): boolean {
    const { tools } = this.#setting.scenario;
    const { world } = this.state;
    const makers = Object.entries(tools).filter(([name]) => this.uses(name));
    const canBe = (key: string, value: unknown) =>
      world[key] === value || makers.some(([, { effects }]) => effects[key] === value);
    return (
      this.cast.role !== "owner" ||
      Object.values(tools)
        .filter(({ isFix }) => isFix)
        .every(({ effects }) => Object.entries(effects).every(([key, value]) => canBe(key, value)))
    );
  }

  /** Whether it can work for this one of the cast. */
  #tries(tool: string | undefined): boolean {
    const known = tool === undefined ? undefined : this.#setting.scenario.tools[tool];
    return known !== undefined && (!known.provesIdentity || this.cast.role === "owner");
  }

  uses(tool: string): boolean {
    const { tools, verification } = this.#setting.scenario;
    const known = tools[tool];
    if (!known || !this.#tries(tool)) return false;
    if (this.#isSafe && Object.hasOwn(verification.required, tool) && !this.#openable.has(tool)) return false;
    return Object.entries(known.requires).every(([key, value]) => this.#world.has(`${key} ${value}`));
  }

  /** Whether a use can come to nothing. */
  fails(tool: string): boolean {
    const known = this.#setting.scenario.tools[tool];
    const isOwner = this.cast.role === "owner";
    return (
      known !== undefined && ((known.provesIdentity && !isOwner) || Object.keys(known.requires).length > 0)
    );
  }

  /** Whether it may be done at all: that it comes to nothing is another matter. */
  allows(deed: string): boolean {
    const [kind, ...rest] = deed.split(".") as [string, ...string[]];
    const name = rest.join(".");
    if (kind === "say") return this.says(name);
    if (kind !== "tool") return !Object.hasOwn(endings, kind);
    return !Object.hasOwn(this.#setting.scenario.verification.required, name) || this.#openable.has(name);
  }

  tells(fact: string): boolean {
    const { knows, evade } = this.cast;
    return this.says(`ask.${fact}`) && knows.includes(fact) && !Object.hasOwn(evade, fact);
  }

  /** Whether being asked for it and saying it proves something. */
  proves(fact: string): boolean {
    return this.tells(fact) && !this.#readOut.has(fact);
  }

  hasProven(factor: string): boolean {
    return this.#verification.hasProven(factor);
  }

  #reach(): number {
    const { factors, knowledgeCap } = this.#setting.scenario.verification;
    const sum = (isKnowledge: boolean) =>
      Object.entries(factors)
        .filter(([, { kind }]) => (kind === "knowledge") === isKnowledge)
        .filter(([name, { fact, tool }]) => {
          const isOpen = isKnowledge ? fact !== undefined && this.proves(fact) : this.#tries(tool);
          return isOpen || this.hasProven(name);
        })
        .reduce((total, [, { points }]) => total + points, 0);
    return Math.min(knowledgeCap, sum(true)) + sum(false);
  }

  can(pattern: Pattern, end: End): boolean {
    const { tools, facts } = this.#setting.scenario;
    const [kind, ...rest] = pattern.split(".") as [string, ...string[]];
    const name = rest.join(".");
    const some = (names: readonly string[], holds: (one: string) => boolean) =>
      names.some((one) => matches(pattern, `${kind}.${one}`) && holds(one));
    switch (kind) {
      case "start":
        return false;
      case "say":
        return name.endsWith("*") ? !this.state.hasLeft : this.says(name);
      case "tool":
        return some(Object.keys(tools), (tool) => this.uses(tool));
      case "tool_failed":
        return some(Object.keys(tools), (tool) => this.fails(tool));
      case "unverified":
        return !this.#isSafe;
      case "customer": {
        if (this.state.hasLeft) return false;
        if (rest[0] === "gives_up") return this.cast.role === "impostor";
        if (rest[0] === "presses") return this.cast.pressure.length > 0;
        if (rest[0] === "tells" && rest[1] !== "*")
          return Object.hasOwn(facts, rest[1]!) && this.tells(rest[1]!);
        return true;
      }
      case "resolve":
      case "escalate":
      case "refuse":
      case "abandon":
        return kind === end;
      default:
        return true;
    }
  }
}

const endings: Record<End, true> = { resolve: true, escalate: true, refuse: true, abandon: true };

/** What the world can come to be, as `key value`: now, or by a tool. */
function reachableWorld({ scenario }: Setting, { world }: PersonaState): Set<string> {
  const effects = Object.values(scenario.tools).flatMap((tool) => Object.entries(tool.effects));
  return new Set([...Object.entries(world), ...effects].map(([key, value]) => `${key} ${value}`));
}
