import { isCustomerOf } from "./access.ts";
import { type Decision, decide } from "./decision.ts";
import type { Situation } from "./situation.ts";
import { worded } from "./ticket.ts";
import type { Actor } from "../identity/actor.ts";
import type { RatingScore } from "../values.ts";

const ratingScoreNames: Record<RatingScore, string> = { good: "Good", bad: "Bad" };

/** Whether the decision is a resolution that its customer can be asked about: somebody else's, whatever way it came. */
export const isResolution = ({ before, ticket }: Decision, actor: Actor): boolean =>
  before !== null &&
  before.resolvedAt === null &&
  ticket.resolvedAt !== null &&
  ticket.merge === null &&
  !ticket.isSimulated &&
  !isCustomerOf(actor, ticket);

/** What the customer says of a resolution, whatever has become of the ticket. */
export function receiveRating(
  situation: Situation,
  { score, comment }: { score: RatingScore; comment: string | null },
): Decision {
  const change = {
    rating: { from: null, to: { id: score, label: ratingScoreNames[score] } },
    ...(comment !== null && { comment: { from: null, to: worded(comment) } }),
  };
  return decide(situation, [{ kind: "rating_received", change }]);
}
