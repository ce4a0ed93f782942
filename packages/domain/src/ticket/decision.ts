import type { Instant } from "../instant.ts";
import type { CategoryChange, SlaCycle } from "../sla/index.ts";
import { type Clocked, clocked } from "./clocks.ts";
import type { Situation } from "./situation.ts";
import {
  type Change,
  type ClockEventKind,
  type Comment,
  type Ticket,
  type TicketEvent,
  type TicketEventKind,
  changesFields,
  isQuiet,
} from "./ticket.ts";

/** What a use case decided: the ticket's new state, what happened, and what there is to store beside it. */
export interface Decision {
  at: Instant;
  before: Ticket | null;
  ticket: Ticket;
  events: TicketEvent[];
  comment: Comment | null;
  cycles: readonly SlaCycle[];
  /** Those of `cycles` that are new or not as they were: what there is to write. */
  changedCycles: SlaCycle[];
  categories: readonly CategoryChange[];
}

/** One thing that happens within a decision, before it has a sequence. */
export interface Happening {
  kind: TicketEventKind;
  patch?: Partial<Ticket>;
  change?: Record<string, Change>;
  commentId?: string | null;
  mentionIds?: readonly string[];
  /** The clocks, where they are not what they were. */
  cycles?: readonly SlaCycle[];
}

/**
 * Applies happenings in order, the clocks after each; what the clocks did by themselves comes first.
 * The version counts decisions that change fields: a comment alone leaves it.
 * Quiet happenings leave all but the count of events as it is.
 */
export function decide(
  situation: Situation,
  happenings: readonly Happening[],
  comment: Comment | null = null,
): Decision {
  const { ticket: before, cycles, categories, desk, at } = situation;
  const events: TicketEvent[] = [];
  const apply = (state: Clocked, happening: Happening) => {
    const {
      kind,
      patch,
      change = {},
      commentId = null,
      mentionIds,
      cycles: clocks = state.cycles,
    } = happening;
    const sequence = state.ticket.lastEventSequence + 1;
    events.push({ kind, sequence, changes: change, commentId, ...(mentionIds && { mentionIds }) });
    const updatedAt = isQuiet(kind) ? state.ticket.updatedAt : at;
    const ticket = { ...state.ticket, ...patch, lastEventSequence: sequence, updatedAt };
    return { ...state, cycles: clocks, ticket };
  };
  const advance = (state: Clocked) => {
    const { warned, breached, ...clocks } = clocked(desk, state, at);
    const told = [
      ...warned.map((cycle) => ofClock("sla_warning", cycle)),
      ...breached.map((cycle) => ofClock("sla_breached", cycle)),
    ];
    return { ...clocks, ticket: told.reduce(apply, clocks).ticket };
  };
  const isAllQuiet = happenings.length > 0 && happenings.every(({ kind }) => isQuiet(kind));
  const step = isAllQuiet ? (state: Clocked) => state : advance;
  let state = step({ ticket: before, cycles, categories });
  for (const happening of happenings) state = step(apply(state, happening));
  const changedCycles = state.cycles.filter((cycle) => !cycles.includes(cycle));
  const version =
    before.version + (happenings.some(({ kind, change }) => change && changesFields(kind)) ? 1 : 0);
  return { ...state, changedCycles, ticket: { ...state.ticket, version }, before, at, events, comment };
}

const metricNames = {
  first_response: "First response",
  next_response: "Next response",
  resolution: "Resolution",
} as const;

/** Which clock, and when it is or was due. */
export function ofClock(kind: ClockEventKind, { metric, dueAt }: SlaCycle): Happening {
  return {
    kind,
    change: {
      metric: { from: null, to: { id: metric, label: metricNames[metric] } },
      due: { from: null, to: dueAt === null ? null : { id: dueAt, label: dueAt } },
    },
  };
}
