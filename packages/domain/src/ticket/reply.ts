import type { Instant } from "../instant.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { moveTo } from "./set-status.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import { isCustomerOf } from "./access.ts";
import { type Mentioned, mentioning } from "./mentioning.ts";
import type { Ticket } from "./ticket.ts";

/** What is written, by the id that it will have. */
export interface Writing {
  commentId: string;
  body: string;
  mentioned?: Mentioned;
}

/**
 * A public comment. A customer's reply takes a waiting or resolved ticket back to work;
 * the first public word of any other person, not of the product, is the first response.
 * @throws RefusalError `ticket.closed`, `mention.not_eligible`.
 */
export function reply(situation: Situation, input: Writing): Decision {
  const { ticket, actor, desk, at } = situation;
  const status = expectNotClosed(situation);
  const fromCustomer = isCustomerOf(actor, ticket);
  const { mentionIds, follow } = mentioning(situation, "public", input.mentioned);
  const happenings: Happening[] = [
    {
      kind: "reply_added",
      commentId: input.commentId,
      mentionIds,
      patch: fromCustomer ? asked(ticket, at) : answered(ticket, actor.kind === "system", at),
    },
    ...follow,
  ];
  if (fromCustomer && (status.category === "waiting" || status.category === "resolved")) {
    const [first, second] = ticket.assigneeId
      ? (["in_progress", "open"] as const)
      : (["open", "in_progress"] as const);
    const back = desk.statuses.firstAllowedIn(status, first) ?? desk.statuses.firstAllowedIn(status, second);
    if (back) happenings.push(moveTo(ticket, status, back, at));
  }
  return decide(situation, happenings, { id: input.commentId, visibility: "public", body: input.body });
}

type Answering = Pick<Ticket, "firstRespondedAt" | "firstUnansweredAt" | "lastPublicReplyAt">;

/** A message at the very instant of an answer is answered by it, whichever was written down first. */
export const asked = (ticket: Answering, at: Instant) => {
  const isAwaited = ticket.firstRespondedAt !== null && ticket.lastPublicReplyAt !== at;
  return {
    lastCustomerMessageAt: at,
    firstUnansweredAt: ticket.firstUnansweredAt ?? (isAwaited ? at : null),
  };
};

/** The product itself answers nobody: what it says is no reply. */
export const answered = (ticket: Answering, byItself: boolean, at: Instant): Partial<Answering> =>
  byItself
    ? {}
    : {
        lastPublicReplyAt: at,
        firstRespondedAt: ticket.firstRespondedAt ?? at,
        firstUnansweredAt: null,
      };
