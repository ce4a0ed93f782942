import { type Actor, actorUserId } from "../identity/actor.ts";
import type { Instant } from "../instant.ts";
import type { Priority, Source } from "../values.ts";
import { clocked } from "./clocks.ts";
import type { Decision } from "./decision.ts";
import { type Desk, departmentOf } from "./desk.ts";
import { labelOf } from "./situation.ts";
import type { Ticket } from "./ticket.ts";

export interface TicketOpening {
  id: string;
  title: string;
  priority: Priority;
  source: Source;
  customerId: string;
  departmentId: string | null;
  /** Left out: false. */
  isSimulated?: boolean;
}

/** @throws RefusalError `department.not_found`. */
export function openTicket(desk: Desk, actor: Actor, at: Instant, opening: TicketOpening): Decision {
  const department = opening.departmentId === null ? null : departmentOf(desk, opening.departmentId);
  const status = desk.statuses.initial;
  const ticket: Ticket = {
    ...opening,
    isSimulated: opening.isSimulated ?? false,
    statusId: status.id,
    assigneeId: null,
    slaPolicyId: null,
    firstResponseDueAt: null,
    firstRespondedAt: null,
    firstUnansweredAt: null,
    nextResponseDueAt: null,
    resolutionDueAt: null,
    resolvedAt: null,
    closedAt: null,
    lastCustomerMessageAt: actorUserId(actor) === opening.customerId ? at : null,
    lastPublicReplyAt: null,
    merge: null,
    tagIds: [],
    fields: {},
    followerIds: [],
    noteReaderIds: [],
    ccIds: [],
    lastEventSequence: 1,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const { cycles, categories, ticket: counted } = clocked(desk, { ticket, cycles: [], categories: [] }, at);
  return {
    at,
    before: null,
    events: [
      {
        kind: "ticket_opened",
        sequence: 1,
        commentId: null,
        changes: {
          status: { from: null, to: labelOf(status) },
          priority: { from: null, to: { id: ticket.priority, label: ticket.priority } },
          department: { from: null, to: department && { id: department.id, label: department.name } },
        },
      },
    ],
    comment: null,
    ticket: counted,
    cycles,
    changedCycles: cycles,
    categories,
  };
}
