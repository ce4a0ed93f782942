import { type Actor, may } from "../../identity/actor.ts";
import { refuse } from "../../refusal.ts";
import { type Belonging, canSee, isOnCustomersSide } from "../../ticket/access.ts";
import type { Ticket } from "../../ticket/ticket.ts";
import { type ReviewCredit, reviewRubric } from "./rubric.ts";
import type { SeenAutoFail } from "./score-review.ts";

/** A comment of the reviewed ticket, as far as a review looks at it. */
export interface ReviewedComment {
  id: string;
  authorId: string | null;
}

/** What a reviewer looks at: the finished ticket, and who has or had it or wrote on it as staff. */
export interface ReviewedWork {
  ticket: Pick<Ticket, "resolvedAt" | "customerId" | "ccIds">;
  workerIds: readonly string[];
}

/**
 * Only finished work is reviewed, and never by whoever did it.
 * @throws RefusalError `ticket.not_resolved`, `review.own_work`, `review.agent_not_eligible`.
 */
export function expectReviewable(
  reviewerId: string,
  agentId: string | null,
  { ticket, workerIds }: ReviewedWork,
): string {
  if (ticket.resolvedAt === null) refuse({ code: "ticket.not_resolved" });
  if (agentId === reviewerId) refuse({ code: "review.own_work" });
  if (agentId === null || !workerIds.includes(agentId) || isOnCustomersSide(agentId, ticket))
    return refuse({ code: "review.agent_not_eligible" });
  return agentId;
}

/**
 * Every criterion of the rubric is marked and no other; what caps the score is shown by a comment of the agent.
 * @throws RefusalError `review.marks_invalid` with all that is wrong.
 */
export function expectMarks(
  credits: Readonly<Record<string, ReviewCredit>>,
  autoFails: readonly SeenAutoFail[],
  agentId: string,
  comments: readonly ReviewedComment[],
): void {
  const ids: readonly string[] = reviewRubric.criteria.map(({ id }) => id);
  const given = Object.keys(credits);
  const isEvidence = ({ commentId }: SeenAutoFail) =>
    comments.some(({ id, authorId }) => id === commentId && authorId === agentId);
  const kinds = autoFails.map(({ kind }) => kind);
  const problems = [
    ...ids.filter((id) => !given.includes(id)).map((id) => `${id} is not marked.`),
    ...given.filter((id) => !ids.includes(id)).map((id) => `There is no criterion ${id}.`),
    ...(given.length > 0 && given.every((id) => credits[id] === "not_applicable")
      ? ["Nothing applies."]
      : []),
    ...kinds.filter((kind, index) => kinds.indexOf(kind) !== index).map((kind) => `${kind} is there twice.`),
    ...autoFails
      .filter((seen) => !isEvidence(seen))
      .map(({ kind }) => `${kind} is shown by no comment of the agent.`),
  ];
  if (problems.length > 0) refuse({ code: "review.marks_invalid", problems });
}

/** Whose a review is, and of which ticket. */
export interface ReviewSight {
  agentId: string;
  reviewerId: string;
  ticket: Belonging;
}

/** A review is for the agent, and for reviewers who see its ticket. */
export function canSeeReview(actor: Actor, { agentId, ticket }: ReviewSight): boolean {
  if (actor.kind === "user" && actor.userId === agentId && may(actor, "review.read_own")) return true;
  return may(actor, "review.write") && canSee(actor, ticket);
}

/** @throws RefusalError `review.not_found`, the same whether it is missing or not for this actor. */
export function expectReview<T extends ReviewSight>(actor: Actor, review: T | undefined): T {
  return review && canSeeReview(actor, review) ? review : refuse({ code: "review.not_found" });
}

/** A review is changed by who wrote it, as long as they see the ticket. @throws RefusalError `review.not_found`. */
export function expectOwnReview<T extends ReviewSight>(actor: Actor, review: T | undefined): T {
  const seen = expectReview(actor, review);
  return actor.kind === "user" && seen.reviewerId === actor.userId
    ? seen
    : refuse({ code: "review.not_found" });
}

/** A review is acknowledged by the agent whose work it is of. @throws RefusalError `review.not_found`. */
export function expectReviewOfOwnWork<T extends ReviewSight>(actor: Actor, review: T | undefined): T {
  const seen = expectReview(actor, review);
  return actor.kind === "user" && seen.agentId === actor.userId ? seen : refuse({ code: "review.not_found" });
}
