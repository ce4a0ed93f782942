import { isCheck } from "./desk.ts";

export interface Row {
  text: string;
  /** What it is; null for what is none of our acts. */
  act: string | null;
}

/** How messages of one act were understood. */
export interface Tally {
  said: number;
  /** The act was found. */
  right: number;
  /** Nothing was found: the customer asks what was meant. */
  rephrase: number;
  /** Something else was found. */
  wrong: number;
  /** Right, and another identity check was found in the same message. */
  beside: number;
}

export interface Verdict {
  byAct: ReadonlyMap<string, Tally>;
  checks: Tally;
  /** Acts that are no identity checks. */
  others: Tally;
  /** What is none of our acts. */
  elsewhere: { said: number; takenForCheck: number };
}

export type Recognise = (text: string) => readonly string[];

const none = (): Tally => ({ said: 0, right: 0, rephrase: 0, wrong: 0, beside: 0 });

/** How well messages were understood. */
export function verdictOf(rows: readonly Row[], recognise: Recognise): Verdict {
  const byAct = new Map<string, Tally>();
  const elsewhere = { said: 0, takenForCheck: 0 };
  for (const { text, act } of rows) {
    const found = recognise(text);
    if (act === null) {
      elsewhere.said += 1;
      if (found.some(isCheck)) elsewhere.takenForCheck += 1;
      continue;
    }
    const tally = byAct.get(act) ?? none();
    byAct.set(act, tally);
    tally.said += 1;
    tally[howUnderstood(act, found)] += 1;
    if (found.includes(act) && found.some((one) => one !== act && isCheck(one))) tally.beside += 1;
  }
  const sum = (is: (act: string) => boolean) => [...byAct].filter(([act]) => is(act)).reduce(plus, none());
  return { byAct, checks: sum(isCheck), others: sum((act) => !isCheck(act)), elsewhere };
}

export const howUnderstood = (act: string, found: readonly string[]): "right" | "rephrase" | "wrong" => {
  if (found.includes(act)) return "right";
  return found.length === 0 ? "rephrase" : "wrong";
};

const plus = (sum: Tally, [, tally]: readonly [string, Tally]): Tally => ({
  said: sum.said + tally.said,
  right: sum.right + tally.right,
  rephrase: sum.rephrase + tally.rephrase,
  wrong: sum.wrong + tally.wrong,
  beside: sum.beside + tally.beside,
});
