import { actFamilies, isSharedAct } from "../acts.ts";
import type { Pattern } from "../criterion.ts";
import type { Scenario } from "../scenario.ts";
import { hintLevels } from "../xp.ts";

/** Whether a message can be understood as this act: what is instructed are the acts that have phrases. */
export function isKnownAct({ facts, phrases }: Scenario, act: string): boolean {
  const [family, name] = act.split(".");
  if (name === undefined) return isSharedAct(act);
  if (!(actFamilies as readonly string[]).includes(family!)) return false;
  return family === "instruct" ? Object.hasOwn(phrases, act) : Object.hasOwn(facts, name);
}

const customerMarks = ["says", "upset", "gives_up", "out_of_patience"];
const ends = ["note", "escalate", "refuse", "resolve", "start"];

/** Whether a log can bear such a mark. */
export function isKnownMark(scenario: Scenario, pattern: Pattern): boolean {
  const { facts, tools, knowledge, rootCause, verification, cast } = scenario;
  const [kind, name = "*", of = "*"] = pattern.split(".");
  const isAny = name === "*";
  switch (kind) {
    case "say":
      if (isAny) return true;
      if (pattern.endsWith(".*")) return (actFamilies as readonly string[]).includes(name);
      return isKnownAct(scenario, pattern.slice("say.".length));
    case "tool":
    case "tool_failed":
      return isAny || Object.hasOwn(tools, name);
    case "unverified":
      return isAny || Object.hasOwn(verification.required, name);
    case "article":
      return isAny || knowledge.some(({ id }) => id === name);
    case "root_cause":
      return isAny || Object.hasOwn(rootCause.options, name);
    case "hint":
      return isAny || (hintLevels as readonly string[]).includes(name);
    case "customer":
      if (name === "tells" || name === "evades") return of === "*" || Object.hasOwn(facts, of);
      if (name === "presses")
        return cast.some(({ pressure }) => pressure.some(({ tactic }) => of === "*" || tactic === of));
      return isAny || customerMarks.includes(name);
    default:
      return pattern === kind && ends.includes(kind);
  }
}
