import { type AutoFail, type Grade, grade, gradeOf, type GradedCriterion } from "../grade.ts";
import { markLog } from "../marks.ts";
import { FULL } from "../rational.ts";
import { responseTimes } from "../response-time.ts";
import type { Scenario } from "../scenario.ts";
import { type Section, sections } from "../score.ts";
import type { SessionEvent } from "../session-log.ts";
import { attemptXp, type HintCounts, type HintLevel } from "../xp.ts";
import { apportion, type Share } from "./apportion.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";

/** A criterion that applied. Points are hundredths of the overall score. */
export interface CriterionFeedback {
  section: Section;
  id: string;
  text: string;
  weight: number;
  /** 0 to 1,000,000. */
  millionths: number;
  won: number;
  lost: number;
  evidence: Evidence[];
}

export interface AutoFailFeedback extends AutoFail {
  /** What it took from the overall score after those that fired before it, in hundredths. */
  cost: number;
  evidence: Evidence;
}

export interface TimeFeedback {
  id: "first_reply" | "mean_reply" | "handling";
  /** Null where there was none: nothing was said, or the session came to no outcome. */
  tookMs: number | null;
  fullSeconds: number;
  zeroSeconds: number;
}

export interface HintFeedback {
  sequence: number;
  level: HintLevel;
  /** What it took from the XP of this attempt after the hints before it. */
  xpCost: number;
}

/**
 * Where a score comes from, all in hundredths of the overall score: what criteria won and lost sums to 10,000, and what
 * they won less what auto-fails cost is the overall score, exactly.
 */
export interface Feedback {
  overall: number;
  isPassed: boolean;
  passMark: number;
  /** The XP that the attempt is worth. */
  xp: number;
  sections: { section: Section; score: number; won: number; lost: number }[];
  criteria: CriterionFeedback[];
  autoFails: AutoFailFeedback[];
  times: TimeFeedback[];
  hints: HintFeedback[];
}

/** Says for every criterion of a session what it won and lost and by which events. A pure function of the log. */
export function feedback(
  scenario: Scenario,
  castId: string,
  log: readonly SessionEvent[],
  { isFirst = false }: { isFirst?: boolean } = {},
): Feedback {
  const graded = grade(scenario, castId, log);
  const marked = markLog(scenario, castId, log);
  const events = new Map(marked.map(({ event }) => [event.sequence, event]));
  const evidence = (sequence: number) => evidenceOf(scenario, events.get(sequence)!);
  const blameless = gradeOf(scenario, graded.criteria, []);
  const criteria = pointsOf(scenario, graded.criteria, blameless).map(
    ({ section, id, text, weight, millionths, won, lost, evidence: sequences }) => ({
      section,
      id,
      text,
      weight,
      millionths,
      won,
      lost,
      evidence: sequences.toSorted((a, b) => a - b).map(evidence),
    }),
  );
  const sum = (of: Section, what: "won" | "lost") =>
    criteria.filter(({ section }) => section === of).reduce((total, one) => total + one[what], 0);
  const hints = marked.flatMap(({ event }) => (event.kind === "hint_taken" ? [event] : []));
  const xp = (taken: number) => {
    const counts: HintCounts = { nudge: 0, guided: 0, strong: 0 };
    for (const { level } of hints.slice(0, taken)) counts[level] += 1;
    return attemptXp(scenario.xp, { ...graded, isFirst, hints: counts });
  };
  return {
    overall: graded.overall,
    isPassed: graded.isPassed,
    passMark: scenario.passMark * 100,
    xp: xp(hints.length),
    sections: sections.flatMap((section) => {
      const score = blameless.sections[section];
      return score === null ? [] : [{ section, score, won: sum(section, "won"), lost: sum(section, "lost") }];
    }),
    criteria,
    autoFails: costsOf(scenario, graded, blameless.overall).map((fail) => ({
      ...fail,
      evidence: evidence(fail.sequence),
    })),
    times: timesOf(scenario, responseTimes(marked)),
    hints: hints.map(({ sequence, level }, index) => ({
      sequence,
      level,
      xpCost: xp(index) - xp(index + 1),
    })),
  };
}

type Applied = GradedCriterion & { millionths: number };

/**
 * What criteria win sums to the score before auto-fails, what they lose to the rest of 10,000: two divisions by largest
 * remainder, so that nothing is lost where the credit is full and nothing won where it is nothing.
 */
function pointsOf({ weights }: Scenario, criteria: readonly GradedCriterion[], { raw }: Grade) {
  const applied = criteria.filter((one): one is Applied => one.millionths !== null);
  const sums = new Map<Section, bigint>();
  for (const { section, weight } of applied) sums.set(section, (sums.get(section) ?? 0n) + BigInt(weight));
  const share = ({ section, weight }: Applied, millionths: number): Share => ({
    n: BigInt(weights[section]) * BigInt(weight) * BigInt(millionths),
    d: sums.get(section)!,
  });
  const won = apportion(
    raw,
    applied.map((one) => share(one, one.millionths)),
  );
  const lost = apportion(
    10_000 - raw,
    applied.map((one) => share(one, FULL - one.millionths)),
  );
  return applied.map((one, index) => ({ ...one, won: won[index]!, lost: lost[index]! }));
}

/** In the order that they fired, each by what the score fell when it was added. */
function costsOf(scenario: Scenario, { criteria, autoFails }: Grade, blameless: number) {
  const ordered = autoFails.toSorted((a, b) => a.sequence - b.sequence);
  let before = blameless;
  return ordered.map((fail, index) => {
    const { overall } = gradeOf(scenario, criteria, ordered.slice(0, index + 1));
    const cost = before - overall;
    before = overall;
    return { ...fail, cost };
  });
}

const timesOf = (
  { time }: Scenario,
  { firstReplyMs, meanReplyMs, handlingMs }: ReturnType<typeof responseTimes>,
): TimeFeedback[] => [
  { id: "first_reply", tookMs: firstReplyMs, ...time.firstReply },
  { id: "mean_reply", tookMs: meanReplyMs, ...time.meanReply },
  { id: "handling", tookMs: handlingMs, ...time.handling },
];
