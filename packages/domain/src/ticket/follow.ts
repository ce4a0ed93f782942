import { refuse } from "../refusal.ts";
import { isOnCustomersSide } from "./access.ts";
import { type Candidate, isAbleToSee } from "./assign.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotMerged } from "./situation.ts";
import { type Labelled, type Ticket, together } from "./ticket.ts";

/** Followers are active people who see the ticket as its staff; its customer and those in copy are told anyway. */
export const canFollow = (candidate: Candidate, ticket: Ticket): boolean =>
  candidate.isActive &&
  !isOnCustomersSide(candidate.id, ticket) &&
  (candidate.id === ticket.assigneeId || isAbleToSee(candidate, ticket));

/**
 * Makes `after` the followers, who were `before`. Who followed already may stay, whatever they may see by now.
 * Following is no change of the ticket's fields, and possible on a closed one.
 * @throws RefusalError `ticket.merged`, `follower.not_eligible`.
 */
export function setFollowers(
  situation: Situation,
  { before, after }: { before: readonly Labelled[]; after: readonly Candidate[] },
): Decision {
  expectNotMerged(situation);
  const { ticket } = situation;
  const known = new Set(before.map(({ id }) => id));
  const wrong = after.filter((each) => !known.has(each.id) && !canFollow(each, ticket));
  if (wrong.length > 0) refuse({ code: "follower.not_eligible", userIds: wrong.map(({ id }) => id) });
  const stays = new Set(after.map(({ id }) => id));
  if (stays.size === known.size && stays.isSubsetOf(known)) return decide(situation, []);
  return decide(situation, [
    {
      kind: "followers_changed",
      patch: { followerIds: after.filter((each) => canFollow(each, ticket)).map(({ id }) => id) },
      change: {
        followers: {
          from: together(before),
          to: together(after.map(({ id, name }) => ({ id, label: name }))),
        },
      },
    },
  ]);
}
