import { refuse } from "../refusal.ts";
import type { Visibility } from "../values.ts";
import { isOnCustomersSide } from "./access.ts";
import type { Candidate } from "./assign.ts";
import type { Happening } from "./decision.ts";
import { canFollow } from "./follow.ts";
import type { Situation } from "./situation.ts";
import { type Labelled, type Ticket, together } from "./ticket.ts";

/** Those whom a text mentions for the first time, and those who follow the ticket already, by name. */
export interface Mentioned {
  people: readonly Candidate[];
  followers: readonly Labelled[];
}

const maySee = (candidate: Candidate, ticket: Ticket, visibility: Visibility): boolean =>
  visibility === "internal"
    ? canFollow(candidate, ticket) && candidate.permissions.has("ticket.note")
    : canFollow(candidate, ticket) || (candidate.isActive && isOnCustomersSide(candidate.id, ticket));

/**
 * What mentions add to what is written: whom it tells, and that colleagues among them follow the ticket from now on.
 * @throws RefusalError `mention.not_eligible` where somebody may not see it.
 */
export function mentioning(
  { ticket }: Situation,
  visibility: Visibility,
  mentioned: Mentioned | undefined,
): { mentionIds?: string[]; follow: Happening[] } {
  if (!mentioned || mentioned.people.length === 0) return { follow: [] };
  const { people, followers } = mentioned;
  const wrong = people.filter((each) => !maySee(each, ticket, visibility));
  if (wrong.length > 0) refuse({ code: "mention.not_eligible", userIds: wrong.map(({ id }) => id) });
  const mentionIds = people.map(({ id }) => id);
  const follows = new Set([...followers.map(({ id }) => id), ticket.assigneeId]);
  const begin = people
    .filter((each) => canFollow(each, ticket) && !follows.has(each.id))
    .map(({ id, name }) => ({ id, label: name }));
  if (begin.length === 0) return { mentionIds, follow: [] };
  const change = { followers: { from: together(followers), to: together([...followers, ...begin]) } };
  const followerIds = [...ticket.followerIds, ...begin.map(({ id }) => id)];
  return { mentionIds, follow: [{ kind: "followers_changed", patch: { followerIds }, change }] };
}
