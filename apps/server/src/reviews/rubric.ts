import { autoFailKinds, measuredCriteria, reviewRubric } from "@helpdesk/domain";
import type { Rubric } from "./view.ts";

/** What reviews judge by. */
export function rubric(): Rubric {
  const { key, weights, passMark, autoFail, criteria } = reviewRubric;
  return {
    key,
    weights: { ...weights },
    passMark,
    autoFails: autoFailKinds.map((kind) => ({ kind, cap: autoFail[kind] })),
    criteria: [
      ...criteria.map((criterion) => ({ ...criterion, isMeasured: false })),
      ...measuredCriteria.map((criterion) => ({
        ...criterion,
        section: "responseTime" as const,
        isMeasured: true,
      })),
    ],
  };
}
