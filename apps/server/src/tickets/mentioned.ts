import { type Unit, findCandidates, listFollowers, writeMentions } from "@helpdesk/db";
import {
  type Decision,
  type Mentioned,
  type Situation,
  isCustomerOf,
  mentionedIn,
  refuse,
} from "@helpdesk/domain";
import { toCandidate } from "./candidate.ts";

/**
 * Those whom a text mentions, but for the ones that are `known`, as rules look at them. Where the actor writes as a
 * customer there are none: to them it is text.
 * @throws RefusalError `mention.not_eligible` for people there are not.
 */
export async function mentionedBy(
  unit: Unit,
  { actor, ticket }: Situation,
  body: string,
  known: readonly string[] = [],
): Promise<Mentioned | undefined> {
  const userIds = isCustomerOf(actor, ticket) ? [] : mentionedIn(body).filter((id) => !known.includes(id));
  if (userIds.length === 0) return undefined;
  const rows = await findCandidates(unit, { userIds: `{${userIds.join(",")}}` });
  const unknown = userIds.filter((userId) => !rows.some(({ id }) => id === userId));
  if (unknown.length > 0) refuse({ code: "mention.not_eligible", userIds: unknown });
  const followers = await listFollowers(unit, { ticketId: ticket.id });
  return {
    people: rows.map(toCandidate),
    followers: followers.map(({ id, name }) => ({ id, label: name })),
  };
}

/** Writes whom a decision's comment mentions, and who follows its ticket for that. */
export async function recordMentions(unit: Unit, { before, ticket, events, at }: Decision): Promise<void> {
  for (const { commentId, mentionIds } of events) {
    if (commentId === null || !mentionIds) continue;
    const followerIds = ticket.followerIds.filter((id) => !before!.followerIds.includes(id));
    await writeMentions(unit, {
      ticketId: ticket.id,
      commentId,
      userIds: JSON.stringify(mentionIds),
      followerIds: JSON.stringify(followerIds),
      at,
    });
  }
}
