import { expectVersion, refuse } from "../refusal.ts";
import type { Visibility } from "../values.ts";
import { isOnCustomersSide, seesNotes } from "./access.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { numbered } from "./link.ts";
import type { NumberedSituation } from "./merge.ts";
import { type TicketOpening, openTicket } from "./open.ts";
import { expectNotClosed } from "./situation.ts";
import { type Labelled, together } from "./ticket.ts";

/** A comment of the ticket that is split. */
export interface MovedComment {
  id: string;
  authorId: string | null;
  visibility: Visibility;
}

interface Splitting {
  version: number;
  opening: TicketOpening;
  /** In the order they were written. */
  comments: readonly MovedComment[];
  /** Those in copy of the ticket: they go with what they could read. */
  cc: readonly Labelled[];
}

/**
 * Opens a ticket with comments of another. They keep author, instant and visibility; the new ticket's clocks begin now.
 * @throws RefusalError `version.conflict`, `ticket.closed`, `ticket.merged`, `comment.not_found` for notes that the
 * actor does not see, `customer.not_found` unless it is the ticket's customer or, in copy, wrote one of the comments.
 */
export function split(situation: NumberedSituation, input: Splitting): Decision {
  const { ticket, desk, actor, at } = situation;
  const { opening, comments } = input;
  const { customerId } = opening;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if (!seesNotes(actor, ticket) && comments.some(({ visibility }) => visibility === "internal"))
    refuse({ code: "comment.not_found" });
  const isWriter = comments.some(({ authorId }) => authorId === customerId);
  if (customerId !== ticket.customerId && !(isWriter && isOnCustomersSide(customerId, ticket)))
    refuse({ code: "customer.not_found" });

  const opened = openTicket(desk, actor, at, opening);
  const [first] = opened.events;
  const cc = input.cc.filter(({ id }) => id !== customerId);
  const ccIds = cc.map(({ id }) => id);
  const copied: Happening[] =
    cc.length === 0
      ? []
      : [{ kind: "cc_changed", patch: { ccIds }, change: { cc: { from: null, to: together(cc) } } }];
  const moved = comments.map(({ id, visibility }): Happening => ({
    kind: visibility === "public" ? "reply_moved" : "note_moved",
    commentId: id,
  }));
  const filled = decide({ ...opened, desk, actor }, [...copied, ...moved]);
  const from = {
    ...first!,
    changes: { ...first!.changes, split_from: { from: null, to: numbered(ticket) } },
  };
  return { ...filled, before: null, events: [from, ...filled.events], changedCycles: [...filled.cycles] };
}

/** What the ticket that was split tells of it. Its clocks and instants stay: they are of what happened here. */
export const splitOff = (
  situation: NumberedSituation,
  to: { id: string; number: number },
  comments: readonly MovedComment[],
): Decision =>
  decide(situation, [
    {
      kind: "split_off",
      change: {
        split_to: { from: null, to: numbered(to) },
        comments: {
          from: {
            id: comments.map(({ id }) => id).join(","),
            label: comments.length === 1 ? "1 comment" : `${comments.length} comments`,
          },
          to: null,
        },
      },
    },
  ]);
