import type { SlaCycle } from "../../sla/cycle.ts";
import { between } from "../credit.ts";
import { FULL } from "../rational.ts";
import type { AutoFailKind } from "../scenario.ts";
import { capped, rawOverall, type Section, sectionScore, type SectionScores, sections } from "../score.ts";
import { measuredCriteria, type ReviewCredit, reviewRubric } from "./rubric.ts";

/** What a criterion got, in millionths; null where it does not apply. */
export interface MarkedCriterion {
  section: Section;
  id: string;
  weight: number;
  text: string;
  millionths: number | null;
}

/** What a reviewer saw that caps the score, and where: a comment of the agent. */
export interface SeenAutoFail {
  kind: AutoFailKind;
  commentId: string;
}

/** A review as it is stored: all that its score depends on. */
export interface ReviewMarks {
  rubric: typeof reviewRubric.key;
  criteria: MarkedCriterion[];
  autoFails: (SeenAutoFail & { cap: number })[];
}

/** Scores are hundredths of a point; `cap` is the lowest of what was seen. */
export interface ReviewScore {
  sections: SectionScores;
  weights: Record<Section, number>;
  raw: number;
  cap: number | null;
  overall: number;
  isPassed: boolean;
}

const worth: Record<ReviewCredit, number | null> = {
  none: 0,
  partial: FULL / 2,
  full: FULL,
  not_applicable: null,
};

/** What a reviewer gave, with the times that the ticket's clocks measured. */
export const markReview = (
  credits: Readonly<Record<string, ReviewCredit>>,
  autoFails: readonly SeenAutoFail[],
  measured: readonly MarkedCriterion[],
): ReviewMarks => ({
  rubric: reviewRubric.key,
  criteria: [
    ...reviewRubric.criteria.map((criterion) => ({
      ...criterion,
      millionths: worth[credits[criterion.id]!],
    })),
    ...measured,
  ],
  autoFails: autoFails.map((seen) => ({ ...seen, cap: reviewRubric.autoFail[seen.kind] * 100 })),
});

/**
 * What is measured of a ticket: each clock's periods within their target in full, down to nothing at twice the target,
 * and their mean. A clock that never came to an end does not apply.
 */
export const measuredTimes = (cycles: readonly SlaCycle[]): MarkedCriterion[] =>
  measuredCriteria.map(({ id, weight, text }) => {
    const kept = cycles.filter(({ metric, state }) => metric === id && state === "satisfied");
    const credits = kept.map(({ elapsedSeconds, targetSeconds }) =>
      between(elapsedSeconds, targetSeconds, 2 * targetSeconds),
    );
    const sum = credits.reduce((total, credit) => total + credit, 0);
    const millionths = credits.length === 0 ? null : Math.floor(sum / credits.length);
    return { section: "responseTime" as const, id, weight, text, millionths };
  });

/** The score of a review from what is stored of it alone, by the arithmetic of training. */
export function scoreReview({ criteria, autoFails }: ReviewMarks): ReviewScore {
  const scores = Object.fromEntries(
    sections.map((section) => [section, sectionScore(criteria.filter((one) => one.section === section))]),
  ) as SectionScores;
  // As in training: who asks for a secret has not verified anybody.
  if (autoFails.some(({ kind }) => kind === "asked_secret")) scores.verification = 0;
  const raw = rawOverall(scores, reviewRubric.weights);
  const caps = autoFails.map(({ cap }) => cap);
  const overall = capped(raw, caps);
  return {
    sections: scores,
    weights: reviewRubric.weights,
    raw,
    cap: caps.length === 0 ? null : Math.min(...caps),
    overall,
    isPassed: overall >= reviewRubric.passMark * 100,
  };
}
