import type { Instant } from "../instant.ts";
import type { CategoryChange, SlaCycle } from "../sla/index.ts";
import { clocked } from "./clocks.ts";
import type { Situation } from "./situation.ts";
import type { Change, Comment, Ticket, TicketEvent, TicketEventKind } from "./ticket.ts";

/** What a use case decided: the ticket's new state, what happened, and what there is to store beside it. */
export interface Decision {
  at: Instant;
  before: Ticket | null;
  ticket: Ticket;
  events: TicketEvent[];
  comment: Comment | null;
  cycles: SlaCycle[];
  /** Those of `cycles` that are new or not as they were: what there is to write. */
  changedCycles: SlaCycle[];
  categories: readonly CategoryChange[];
}

/** One thing that happens within a decision, before it has a sequence. */
export interface Happening {
  kind: TicketEventKind;
  patch?: Partial<Ticket>;
  change?: Record<string, Change>;
  commentId?: string;
}

/**
 * Applies happenings in order. The version counts decisions that change fields: a comment alone leaves it.
 * A note leaves all but the count of events as it is: whoever may not read it must not notice it either.
 */
export function decide(
  situation: Situation,
  happenings: readonly Happening[],
  comment: Comment | null = null,
): Decision {
  const { ticket: before, at } = situation;
  let ticket = before;
  const events: TicketEvent[] = [];
  for (const { kind, patch, change, commentId } of happenings) {
    const sequence = ticket.lastEventSequence + 1;
    const version = change ? before.version + 1 : ticket.version;
    const updatedAt = kind === "note_added" ? ticket.updatedAt : at;
    ticket = { ...ticket, ...patch, lastEventSequence: sequence, version, updatedAt };
    events.push({ kind, sequence, changes: change ?? {}, commentId: commentId ?? null });
  }
  const isNoticed = events.some(({ kind }) => kind !== "note_added");
  const after = isNoticed
    ? clocked(situation.desk, ticket, situation, at)
    : { ticket, cycles: [...situation.cycles], changedCycles: [], categories: situation.categories };
  return { before, at, events, comment, ...after };
}
