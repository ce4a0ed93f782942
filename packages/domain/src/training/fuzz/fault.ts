import type { Cast } from "../scenario.ts";
import type { Session } from "./session.ts";

export const faultKinds = [
  /** A fact is said, whole or in its telling parts, that is not known, was not asked for, or must be kept. */
  "leak",
  /** Something said or done that does not go with what was before. */
  "contradiction",
  /** A score that pays for what was unsafe. */
  "unsafe_score",
  /** A number outside of what it may be, or a log out of order. */
  "bounds",
  /** The log alone does not make the same session, or not the same score. */
  "replay",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a session broke, and where in its log. */
export interface Fault {
  kind: FaultKind;
  sequence: number;
  message: string;
}

/** The one whom a session was played with; the checks read the scenario for themselves. */
export const personOf = ({ setting }: Pick<Session, "setting">): Cast =>
  setting.scenario.cast.find(({ id }) => id === setting.castId)!;

/** What questions of a message ask for. */
export const askedBy = (acts: readonly string[]): Set<string> =>
  new Set(acts.flatMap((act) => (act.startsWith("ask.") ? [act.slice("ask.".length)] : [])));
