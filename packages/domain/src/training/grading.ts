import { type GradedCriterion, grade } from "./grade.ts";
import type { Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";
import { traitsOf } from "./traits.ts";
import { attemptXp } from "./xp.ts";

/** A session as far as its score depends on it beside its log. */
export interface Gradable {
  castId: string;
  attempt: number;
  isVirtual: boolean;
}

/** A score as it is kept, in hundredths of a point. */
export interface Grading {
  lastEventSequence: number;
  verificationHundredths: number | null;
  communicationHundredths: number | null;
  technicalHundredths: number | null;
  documentationHundredths: number | null;
  responseTimeHundredths: number | null;
  weights: Record<string, number>;
  rawHundredths: number;
  capHundredths: number | null;
  overallHundredths: number;
  isPassed: boolean;
  xp: number;
  details: Record<string, unknown>;
}

/** What a log scores, as it is kept: a function of the pinned session and its log. */
export function gradingOf(
  { castId, attempt, isVirtual }: Gradable,
  scenario: Scenario,
  log: readonly SessionEvent[],
): Grading {
  const { sections, raw, overall, isPassed, autoFails, criteria } = grade(scenario, castId, log);
  const traits = traitsOf(scenario, castId, log);
  const { hints } = traits;
  return {
    lastEventSequence: log.at(-1)!.sequence,
    verificationHundredths: sections.verification,
    communicationHundredths: sections.communication,
    technicalHundredths: sections.technical,
    documentationHundredths: sections.documentation,
    responseTimeHundredths: sections.responseTime,
    weights: scenario.weights,
    rawHundredths: raw,
    capHundredths: autoFails.length === 0 ? null : Math.min(...autoFails.map(({ cap }) => cap)),
    overallHundredths: overall,
    isPassed,
    // Practice on a virtual clock pays nothing.
    xp: isVirtual ? 0 : attemptXp(scenario.xp, { overall, isPassed, isFirst: attempt === 1, hints }),
    details: { traits, autoFails, criteria: criteria.map(withoutText) },
  };
}

/** The words of a criterion are in the definition. */
function withoutText(criterion: GradedCriterion): Omit<GradedCriterion, "text"> {
  const { text: _, ...rest } = criterion;
  return rest;
}
