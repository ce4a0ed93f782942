import { reviewRubric, type ReviewCredit } from "@helpdesk/domain";

type CriterionId = (typeof reviewRubric.criteria)[number]["id"];

/** The same mark for every criterion of the rubric. */
export const allMarked = (credit: ReviewCredit) =>
  Object.fromEntries(reviewRubric.criteria.map(({ id }) => [id, credit])) as Record<
    CriterionId,
    ReviewCredit
  >;
