import { actFamilies, sharedActs } from "../acts.ts";
import { type Criterion, matches, type Pattern } from "../criterion.ts";
import type { Marked } from "../marks.ts";
import { castOf, isFixed, type Setting } from "../persona.ts";
import type { Scenario } from "../scenario.ts";
import type { Possible } from "./possible.ts";

/** Something to do, by the mark that it leaves: `say.greet`, `tool.call_back`, `article.kb_vpn`, `root_cause.driver`, `note`. */
export type Deed = string;

/** What a log still lacks of a full score, some of it more than once, and what must come before what. */
export interface Wishes {
  deeds: Deed[];
  before: readonly (readonly [Pattern, Pattern])[];
}

export const criteriaFor = (setting: Setting): Criterion[] =>
  Object.values(setting.scenario.criteria)
    .flat()
    .filter(({ when }) => !when || when === castOf(setting).role);

export function wishesOf(setting: Setting, log: readonly Marked[], possible: Possible): Wishes {
  const wishes = new WishList(setting, log, possible);
  const needs = criteriaFor(setting).flatMap((criterion) => wishes.needsOf(criterion));
  const isWide = ({ of }: Need) => of.endsWith(".*");
  // What is needed by name may do for what is needed of any name.
  for (const need of needs.toSorted((a, b) => Number(isWide(a)) - Number(isWide(b)))) wishes.need(need);
  wishes.mend();
  wishes.close();
  wishes.speak();
  return { deeds: wishes.deeds, before: wishes.before };
}

const has = (pattern: Pattern, { marks }: Marked): boolean => marks.some((mark) => matches(pattern, mark));

interface Need {
  of: Pattern;
  times: number;
}

class WishList {
  readonly before: [Pattern, Pattern][] = [];
  readonly #setting: Setting;
  readonly #scenario: Scenario;
  readonly #log: readonly Marked[];
  readonly #possible: Possible;
  readonly #wanted = new Map<Deed, number>();
  readonly #absent: readonly Pattern[];

  constructor(setting: Setting, log: readonly Marked[], possible: Possible) {
    this.#setting = setting;
    this.#scenario = setting.scenario;
    this.#log = log;
    this.#possible = possible;
    this.#absent = criteriaFor(setting).flatMap((criterion) =>
      "absent" in criterion && this.#count(criterion.absent) === 0 ? [criterion.absent] : [],
    );
  }

  get deeds(): Deed[] {
    return [...this.#wanted].flatMap(([deed, times]) => Array.from({ length: times }, () => deed));
  }

  /** The marks that a criterion is paid for; what is judged by tools and answers is wished for at once. */
  needsOf(criterion: Criterion): Need[] {
    const once = (of: Pattern): Need => ({ of, times: 1 });
    if ("has" in criterion) return [once(criterion.has)];
    if ("absent" in criterion) return this.#oneOf(criterion.exercised);
    if ("all" in criterion) return criterion.all.map(once);
    if ("any" in criterion) return this.#oneOf(criterion.any);
    if ("ratio" in criterion) return criterion.ratio.map(once);
    if ("count" in criterion) {
      const { of, full, zero, exercised } = criterion.count;
      if (full >= zero) return [{ of, times: full }];
      return exercised ? this.#oneOf(exercised) : [];
    }
    if ("precedence" in criterion) {
      const [first, second] = criterion.precedence;
      this.before.push([deedPattern(first), deedPattern(second)]);
      return [once(second), once(first)];
    }
    if ("follows" in criterion) {
      const [first, second] = criterion.follows;
      const since = this.#log.findIndex((marked) => has(first, marked));
      const isThere = since >= 0 && this.#log.slice(since + 1).some((marked) => has(second, marked));
      if (isThere) return [];
      this.before.push([deedPattern(first), deedPattern(second)]);
      return [once(first), { of: second, times: this.#count(second) + 1 }];
    }
    if ("points" in criterion) this.#prove(criterion.points);
    else if ("diagnosis" in criterion) this.#want(`root_cause.${this.#scenario.rootCause.answer}`);
    else if ("note" in criterion) this.#want("note");
    return [];
  }

  /** Of several marks that do the first that can be had, where none is there. */
  #oneOf(some: Pattern | readonly Pattern[]): Need[] {
    const patterns = [some].flat();
    if (patterns.some((pattern) => this.#count(pattern) > 0)) return [];
    const of = patterns.find((pattern) => this.#possible.can(pattern, "resolve")) ?? patterns[0]!;
    return [{ of, times: 1 }];
  }

  /** What mends is owed to an owner, whether or not a criterion pays for it. */
  mend(): void {
    const { tools, autoFail } = this.#scenario;
    const { cast, state } = this.#possible;
    if (cast.role !== "owner" || autoFail.unsolved === 100 || isFixed(this.#scenario, state.world)) return;
    for (const [name, { isFix, effects }] of Object.entries(tools)) {
      const isDone = Object.entries(effects).every(([key, value]) => state.world[key] === value);
      if (isFix && !isDone) this.#want(`tool.${name}`);
    }
  }

  need({ of, times }: Need): void {
    const pattern = deedPattern(of);
    const wanted = [...this.#wanted].filter(([deed]) => matches(pattern, deed));
    const there = this.#count(of) + wanted.reduce((sum, [, count]) => sum + count, 0);
    const missing = this.#asOften(of, times) - there;
    if (missing <= 0) return;
    if (!pattern.endsWith(".*")) return this.#want(pattern, (this.#wanted.get(pattern) ?? 0) + missing);
    const others = this.#names().filter((deed) => matches(pattern, deed) && !this.#wanted.has(deed));
    for (const deed of others.slice(0, missing)) this.#want(deed);
  }

  /** Adds what wanted tools take: proof for guarded ones, and the tools that bring the world to where they work. */
  close(): void {
    const { tools, verification } = this.#scenario;
    const { world } = this.#possible.state;
    for (const [deed] of this.#wanted) {
      const name = deed.slice("tool.".length);
      const tool = deed.startsWith("tool.") ? tools[name] : undefined;
      if (!tool) continue;
      if (Object.hasOwn(verification.required, name)) this.#prove(name);
      for (const [key, value] of Object.entries(tool.requires)) {
        for (const [other, { effects }] of Object.entries(tools)) {
          if (other === name || !Object.hasOwn(effects, key)) continue;
          if (effects[key] !== value) this.before.push([deed, `tool.${other}`]);
          else if (world[key] !== value) {
            this.#want(`tool.${other}`);
            this.before.push([`tool.${other}`, deed]);
          }
        }
      }
    }
  }

  /** Who says nothing is paid for no time. */
  speak(): void {
    const isSaid = [...this.#wanted.keys()].some((deed) => deed.startsWith("say."));
    if (!isSaid && !this.#log.some(({ event }) => event.kind === "trainee_said")) this.#want("say.greet");
  }

  #count(pattern: Pattern): number {
    return this.#log.filter((marked) => has(pattern, marked)).length;
  }

  /** How often a deed must be done for a mark: an impostor climbs step by step. */
  #asOften(pattern: Pattern, times: number): number {
    const [kind, what, tactic] = pattern.split(".");
    if (kind !== "customer") return times;
    const { pressure, givesUpAfter } = castOf(this.#setting);
    if (what === "gives_up") return givesUpAfter - this.#possible.state.refusals;
    const step = pressure.findIndex((one) => one.tactic === tactic);
    return what === "presses" && step >= 0 ? step + 1 - this.#possible.state.refusals : times;
  }

  #want(deed: Deed, times = 1): void {
    const isKept = !this.#absent.some((pattern) => matches(pattern, deed)) && this.#possible.allows(deed);
    if (isKept) this.#wanted.set(deed, Math.max(times, this.#wanted.get(deed) ?? 0));
  }

  /** What proves enough for a tool: what takes no trust in words first, then as many facts as are missing. */
  #prove(tool: string): void {
    const { factors, required } = this.#scenario.verification;
    const isProof = ({ kind }: { kind: string }) => kind !== "knowledge";
    const all = Object.entries(factors).toSorted(([, a], [, b]) => Number(isProof(b)) - Number(isProof(a)));
    let points = this.#possible.provenPoints;
    for (const [name, { fact, tool: proof, points: worth }] of all) {
      if (points >= (required[tool] ?? 0)) break;
      const deed = proof ? `tool.${proof}` : `say.ask.${fact}`;
      if (this.#possible.hasProven(name) || (fact && !this.#possible.proves(fact))) continue;
      this.#want(deed);
      this.before.push([deed, `tool.${tool}`]);
      points += worth;
    }
  }

  /** Everything that can be done, what the customer knows first. */
  #names(): Deed[] {
    const { facts, phrases, tools, knowledge, rootCause, verification } = this.#scenario;
    const known = Object.keys(facts).toSorted(
      (a, b) => Number(this.#possible.tells(b)) - Number(this.#possible.tells(a)),
    );
    const families = Object.keys(phrases).filter((act) =>
      actFamilies.some((one) => act.startsWith(`${one}.`)),
    );
    const acts = [
      ...Object.keys(sharedActs).filter((act) => act !== "rude"),
      ...known.map((fact) => `ask.${fact}`),
    ];
    const free = Object.keys(tools).toSorted(
      (a, b) =>
        Number(Object.hasOwn(verification.required, a)) - Number(Object.hasOwn(verification.required, b)),
    );
    return [
      ...[...acts, ...families].map((act) => `say.${act}`),
      ...free.map((tool) => `tool.${tool}`),
      ...knowledge.map(({ id }) => `article.${id}`),
      ...Object.keys(rootCause.options).map((option) => `root_cause.${option}`),
      "hint.nudge",
    ];
  }
}

/** What to do for a mark: some are what the customer does in answer. */
export function deedPattern(pattern: Pattern): Pattern {
  const [kind, what, of] = pattern.split(".");
  if (kind === "tool_failed") return `tool.${what}`;
  if (kind !== "customer") return pattern;
  if (what === "tells" || what === "evades") return `say.ask.${of ?? "*"}`;
  if (what === "presses" || what === "gives_up") return "say.refuse";
  return what === "upset" ? "say.rude" : "say.greet";
}
