import { UPSET } from "./feeling.ts";
import type { Scenario } from "./scenario.ts";
import { playedPart, type SessionEvent } from "./session-log.ts";

/** An event and what criteria can name of it. */
export interface Marked {
  event: SessionEvent;
  marks: readonly string[];
}

/** A played log with the marks of each event; guarded tools that were used without enough points are marked too. */
export function markLog(scenario: Scenario, castId: string, log: readonly SessionEvent[]): Marked[] {
  const verification = new Verification(scenario, castId);
  const said = new Set<string>();
  return playedPart(log).map((event) => {
    // Trying is enough: that it did not work was luck.
    const isUnverified = event.kind === "tool_used" && !verification.opens(event.tool);
    verification.see(event);
    const marks = marksOf(event, said);
    if (event.kind === "customer_said") for (const fact of event.tells) said.add(fact);
    return {
      event,
      marks: isUnverified && event.kind === "tool_used" ? [...marks, `unverified.${event.tool}`] : marks,
    };
  });
}

/** To say a fact back to the customer who said it is no telling. */
const markOf = (act: string, said: ReadonlySet<string>): string =>
  act.startsWith("tell.") && said.has(act.slice(5)) ? `say.repeat.${act.slice(5)}` : `say.${act}`;

function marksOf(event: SessionEvent, said: ReadonlySet<string>): string[] {
  switch (event.kind) {
    case "session_started":
      return ["start"];
    case "trainee_said":
      return event.acts.map((act) => markOf(act, said));
    case "customer_said":
      return [
        "customer.says",
        ...event.tells.map((fact) => `customer.tells.${fact}`),
        ...event.evades.map((fact) => `customer.evades.${fact}`),
        ...(event.tactic ? [`customer.presses.${event.tactic}`] : []),
        ...(event.mood < UPSET ? ["customer.upset"] : []),
        ...(event.leaves ? [`customer.${event.leaves}`] : []),
      ];
    case "tool_used":
      return [event.isDone ? `tool.${event.tool}` : `tool_failed.${event.tool}`];
    case "article_opened":
      return [`article.${event.article}`];
    case "hint_taken":
      return [`hint.${event.level}`];
    case "note_written":
      return ["note"];
    case "root_cause_picked":
      return [`root_cause.${event.option}`];
    case "escalated":
      return ["escalate"];
    case "refused":
      return ["refuse"];
    case "resolved":
      return ["resolve"];
    case "abandoned":
      return ["abandon"];
    case "act_corrected":
      return [];
  }
}

/** Whose identity is proven how far, while a log is read. */
export class Verification {
  readonly #scenario: Scenario;
  readonly #isOwner: boolean;
  readonly #asked = new Set<string>();
  /** What the trainee read out before it was said: it proves nothing any more. */
  readonly #readOut = new Set<string>();
  readonly #proven = new Set<string>();

  constructor(scenario: Scenario, castId: string) {
    this.#scenario = scenario;
    this.#isOwner = scenario.cast.find(({ id }) => id === castId)?.role === "owner";
  }

  see(event: SessionEvent): void {
    const { factors } = this.#scenario.verification;
    if (event.kind === "trainee_said") {
      for (const act of event.acts) {
        if (act.startsWith("ask.")) this.#asked.add(act.slice(4));
        if (act.startsWith("tell.")) this.#readOut.add(act.slice(5));
      }
    } else if (event.kind === "customer_said") {
      for (const [name, { kind, fact }] of Object.entries(factors)) {
        const isSaid = kind === "knowledge" && fact !== undefined && event.tells.includes(fact);
        if (isSaid && this.#asked.has(fact) && !this.#readOut.has(fact)) this.#proven.add(name);
      }
    } else if (event.kind === "tool_used" && event.isDone) {
      for (const [name, { kind, tool }] of Object.entries(factors))
        if (kind !== "knowledge" && tool === event.tool) this.#proven.add(name);
    }
  }

  hasProven(factor: string): boolean {
    return this.#proven.has(factor);
  }

  /** Knowledge counts up to its cap: leaked data is no identity. */
  get points(): number {
    const { factors, knowledgeCap } = this.#scenario.verification;
    const proven = Object.entries(factors).filter(([name]) => this.#proven.has(name));
    const sum = (isKnowledge: boolean) =>
      proven
        .filter(([, { kind }]) => (kind === "knowledge") === isKnowledge)
        .reduce((total, [, { points }]) => total + points, 0);
    return Math.min(knowledgeCap, sum(true)) + sum(false);
  }

  /** Whether a tool may be used now: whoever is not the owner never proves enough. */
  opens(tool: string): boolean {
    const { required: all } = this.#scenario.verification;
    const required = Object.hasOwn(all, tool) ? all[tool] : undefined;
    return required === undefined || (this.#isOwner && this.points >= required);
  }
}
