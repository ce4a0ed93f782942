import { type Grade, grade, gradeOf } from "../grade.ts";
import type { Setting } from "../persona.ts";
import type { Scenario } from "../scenario.ts";
import type { SessionEvent } from "../session-log.ts";
import { candidates } from "./candidates.ts";
import { type Change, changedLog } from "./change.ts";
import { changeWords } from "./words.ts";

/** One thing done otherwise, and what it would have been worth. Scores are hundredths of a point. */
export interface Advice {
  change: Change;
  /** What the overall score would have been more; above 0. */
  worth: number;
  overall: number;
  wouldPass: boolean;
  /** For the trainee: "If you had greeted the customer in your message #2: +2.86". */
  text: string;
}

const MOST = 10;

/**
 * What a trainee could have done otherwise, best first: every change is played again by the engine with the same seed and
 * at the same instants, and graded. Of changes that differ only in their place the best is named, the first of equals.
 */
export function coach(setting: Setting, log: readonly SessionEvent[]): Advice[] {
  const { scenario, castId } = setting;
  const { overall: was } = grade(scenario, castId, log);
  const best = new Map<string, { advice: Advice; inSubstance: number }>();
  for (const change of candidates(setting, log)) {
    const graded = grade(scenario, castId, changedLog(setting, log, change));
    const { overall, isPassed: wouldPass } = graded;
    const worth = overall - was;
    if (worth <= 0) continue;
    const inSubstance = withoutTimes(scenario, graded);
    const known = best.get(subjectOf(change));
    if (known && known.inSubstance >= inSubstance) continue;
    const text = `${changeWords(scenario, log, change)}: +${(worth / 100).toFixed(2)}`;
    best.set(subjectOf(change), { advice: { change, worth, overall, wouldPass, text }, inSubstance });
  }
  const isNarrower = ({ change, worth }: Advice, than: Advice) =>
    (change.kind === "used" || change.kind === "moved") && worth >= than.worth;
  return [...best.values()]
    .map(({ advice }) => advice)
    .filter((one, _, all) => one.change.kind !== "verified" || !all.some((other) => isNarrower(other, one)))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST);
}

/** Places are compared by this: one message more also moves the mean of replies, which is not what is advised. */
const withoutTimes = (scenario: Scenario, { criteria, autoFails }: Grade): number =>
  gradeOf({ ...scenario, weights: { ...scenario.weights, responseTime: 0 } }, criteria, autoFails).overall;

/** What a change is about, wherever it takes place. */
function subjectOf(change: Change): string {
  switch (change.kind) {
    case "said_too":
    case "said_more":
      return `say ${change.act}`;
    case "used":
    case "moved":
      return `use ${change.tool}`;
    case "left_unused":
    case "refused":
      return `without ${change.tool}`;
    default:
      return JSON.stringify(change);
  }
}
