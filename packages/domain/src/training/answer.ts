import { feelingAbout, UPSET } from "./feeling.ts";
import { linesFor } from "./lines.ts";
import { castOf, isFixed, type PersonaState, personaState, type Setting } from "./persona.ts";
import type { Cast } from "./scenario.ts";
import { type EventOf, MAX_TEXT, type SessionEvent } from "./session-log.ts";
import { freshOf, variantOf } from "./variant.ts";

/** What the customer answers, but for its place in the log. */
export type Answer = Omit<EventOf<"customer_said">, "sequence" | "at" | "kind">;

interface Part {
  text: string;
  tells?: string;
  evades?: string;
}

type Say = (key: string, lines: readonly string[]) => string;

/** What is answered before anything else. */
const kindnesses = ["greet", "thank", "apologize", "empathize", "reassure"];
const MOST_REMARKS = 3;

/**
 * What the customer says to the trainee's last message. A fact is said only if it is known and was asked for; who is
 * refused presses, one step of the ladder each time, and an impostor then gives up; who has no patience left leaves.
 * `log` ends with the message.
 */
export function answerTo(setting: Setting, log: readonly SessionEvent[]): Answer {
  const message = log.at(-1);
  if (message?.kind !== "trainee_said") throw new Error("There is no message to answer.");
  const cast = castOf(setting);
  const state = personaState(setting, log);
  const feeling = feelingAbout(setting, cast, state, log);
  const heard = log.flatMap((event) => (event.kind === "customer_said" ? [event.text] : []));
  const say: Say = (key, lines) => variantOf(setting.seed, key, state.turn, freshOf(lines, heard));
  const occasion = (key: string) => say(key, linesFor(cast, key)!);

  const nothing = { tells: [], evades: [], tactic: null, ...feeling };
  const isRefused = message.acts.includes("refuse");
  if (
    isRefused &&
    cast.role === "impostor" &&
    (state.refusals + 1 >= cast.givesUpAfter || feeling.patience === 0)
  )
    return { ...nothing, text: occasion("gives_up"), leaves: "gives_up" };
  if (feeling.patience === 0) return { ...nothing, text: occasion("leaves"), leaves: "out_of_patience" };

  const acts = [...new Set(message.acts)];
  const asked = acts.filter((act) => act.startsWith("ask.")).map((act) => act.slice(4));
  const facts = asked.map((fact) => toQuestion(fact, setting, cast, state, say));
  // What is lost beside what was understood costs nothing, but is not passed over.
  const lost = acts.length > 0 && message.missed ? [{ text: occasion("missed") }] : [];
  const step = isRefused ? stepOf(setting, cast, state) : undefined;
  if (step) {
    const pressing = { text: say(`pressure.${step.tactic}`, step.lines) };
    return { ...nothing, ...sum([...facts, ...lost, pressing]), tactic: step.tactic, leaves: null };
  }
  const others = acts.filter((act) => !act.startsWith("ask."));
  const { opening, closing } = remarks(others, setting, cast, state, say);
  const parts = [...opening, ...facts, ...lost, ...closing];
  if (feeling.mood < UPSET && state.mood >= UPSET && !acts.includes("rude"))
    parts.push({ text: occasion("upset") });
  if (parts.length === 0) parts.push({ text: occasion(acts.length === 0 ? "not_understood" : "else") });
  return { ...nothing, ...sum(parts), leaves: null };
}

/** The step of the ladder for a refusal: an impostor stays on the last one, an owner is done after it, or when served. */
function stepOf({ scenario }: Setting, { role, pressure }: Cast, { refusals, world }: PersonaState) {
  if (role === "impostor") return pressure[Math.min(refusals, pressure.length - 1)];
  return isFixed(scenario, world) ? undefined : pressure[refusals];
}

/** What there is to say to all that is no question for a fact, before the facts and after them. */
function remarks(acts: readonly string[], setting: Setting, cast: Cast, state: PersonaState, say: Say) {
  const remark = (key: string): Part[] => {
    const lines = linesFor(cast, key);
    return lines ? [{ text: say(key, lines) }] : [];
  };
  const isKind = (act: string) => kindnesses.includes(act);
  // One word to all that is only kind: to the last of it that there is an answer to.
  const opening = acts.filter(isKind).flatMap(remark).slice(-1);
  const matters = acts.filter((act) => !isKind(act) && act !== "close");
  const keys = [...new Set(matters.map((act) => keyOf(act, setting, cast, state)))];
  const farewell = acts.includes("close") ? remark("close") : [];
  return { opening, closing: [...keys.flatMap(remark).slice(0, MOST_REMARKS), ...farewell] };
}

/** A fact that is known and need not be kept is said, in the same way for a whole session; all others are evaded. */
function toQuestion(fact: string, { scenario }: Setting, cast: Cast, state: PersonaState, say: Say): Part {
  const of = (lines: Cast["evade"]) => (Object.hasOwn(lines, fact) ? lines[fact] : undefined);
  const known = Object.hasOwn(scenario.facts, fact) ? scenario.facts[fact] : undefined;
  if (!known || !cast.knows.includes(fact) || Object.hasOwn(cast.evade, fact)) {
    const text = say(`evade.${fact}`, of(cast.evade) ?? linesFor(cast, "evade")!);
    return known ? { text, evades: fact } : { text };
  }
  const { value } = known;
  const bare = state.told.has(fact) ? [`${say("again", linesFor(cast, "again")!)} {value}`] : ["{value}"];
  const line = say(`says.${fact}`, (state.told.has(fact) ? undefined : of(cast.says)) ?? bare);
  return { text: line.replace("{value}", () => value), tells: fact };
}

/** What an act is answered as: nobody says that it works before it does, or wants nothing more. */
function keyOf(act: string, { scenario }: Setting, { role }: Cast, { world }: PersonaState): string {
  const isAsked = act === "confirm_fixed" || (act === "offer_more_help" && role === "owner");
  return isAsked && !isFixed(scenario, world) ? "not_fixed" : act;
}

/** Parts as one text, as many as it holds, with what they say and do not say. */
function sum(parts: readonly Part[]): Pick<Answer, "text" | "tells" | "evades"> {
  let text = "";
  const tells: string[] = [];
  const evades: string[] = [];
  for (const part of parts) {
    const joined = text === "" ? part.text : `${ended(text)} ${part.text}`;
    if (joined.length > MAX_TEXT) continue;
    text = joined;
    if (part.tells) tells.push(part.tells);
    if (part.evades) evades.push(part.evades);
  }
  return { text, tells, evades };
}

const ended = (text: string): string => (/[.!?…]["')]?$/u.test(text) ? text : `${text}.`);
