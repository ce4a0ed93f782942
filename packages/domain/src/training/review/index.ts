export {
  measuredCriteria,
  type ReviewCredit,
  reviewCredits,
  type ReviewCriterion,
  reviewRubric,
} from "./rubric.ts";
export * from "./review.ts";
export * from "./score-review.ts";
