import type { Priority, Source } from "../values.ts";
import type { Ticket } from "./ticket.ts";

/**
 * A combination of what views ask tickets for; tickets are counted by it. `tagIds` is null where the tags do not
 * matter: every ticket is in such a cell, and one with tags is in the cell of exactly these tags as well.
 */
export interface Cell {
  statusId: string;
  priority: Priority;
  source: Source;
  departmentId: string | null;
  assigneeId: string | null;
  /** Whether its resolution clock runs. */
  hasDue: boolean;
  tagIds: readonly string[] | null;
}

/** How many tickets more, or fewer, are in a cell. */
export interface CellChange extends Cell {
  amount: number;
}

export type Countable = Pick<
  Ticket,
  | "statusId"
  | "priority"
  | "source"
  | "departmentId"
  | "assigneeId"
  | "resolutionDueAt"
  | "tagIds"
  | "isSimulated"
>;

/** A simulated ticket is in none. */
export function cellsOf(ticket: Countable): Cell[] {
  if (ticket.isSimulated) return [];
  const { statusId, priority, source, departmentId, assigneeId, resolutionDueAt } = ticket;
  const hasDue = resolutionDueAt !== null;
  const untagged = { statusId, priority, source, departmentId, assigneeId, hasDue, tagIds: null };
  const tagIds = ticket.tagIds.toSorted();
  return tagIds.length === 0 ? [untagged] : [untagged, { ...untagged, tagIds }];
}

/** What a decision does to the counts: nothing where the ticket stays in its cells. */
export function cellChanges(before: Countable | null, after: Countable): CellChange[] {
  const changes = new Map<string, CellChange>();
  const add = (cell: Cell, amount: number) => {
    const key = JSON.stringify(cell);
    changes.set(key, { ...cell, amount: (changes.get(key)?.amount ?? 0) + amount });
  };
  if (before) for (const cell of cellsOf(before)) add(cell, -1);
  for (const cell of cellsOf(after)) add(cell, 1);
  return [...changes.values()].filter(({ amount }) => amount !== 0);
}
