import { refuse } from "../refusal.ts";
import { isDone } from "../sla/period.ts";
import type { StatusCategory } from "../values.ts";

/** A status as an organization would like it; the statuses that may follow are named by key. */
export interface StatusDraft {
  key: string;
  name: string;
  category: StatusCategory;
  color: string;
  isDefault: boolean;
  next: readonly string[];
}

/** What keeps a graph from being saved: each concerns the status called `key`. */
export type GraphProblem =
  | { kind: "key_duplicate"; key: string }
  | { kind: "default_missing" }
  | { kind: "default_duplicate"; key: string }
  | { kind: "default_not_open"; key: string }
  | { kind: "category_fixed"; key: string; category: StatusCategory }
  | { kind: "next_unknown"; key: string; next: string }
  | { kind: "next_itself"; key: string }
  | { kind: "closed_continues"; key: string }
  | { kind: "dead_end"; key: string }
  | { kind: "resolved_unreachable"; key: string }
  | { kind: "work_unreachable"; key: string };

/**
 * What is wrong with a graph: from every status of work a ticket can get to resolved, a customer's reply takes it from
 * waiting or resolved straight back to work, only closed is an end, and new tickets begin in exactly one status. `known` are the categories of the statuses there are or were:
 * clocks were counted by them, so that they stay.
 */
export function graphProblems(
  drafts: readonly StatusDraft[],
  known: ReadonlyMap<string, StatusCategory>,
): GraphProblem[] {
  const byKey = new Map<string, StatusDraft>();
  const problems: GraphProblem[] = [];
  for (const draft of drafts) {
    if (byKey.has(draft.key)) problems.push({ kind: "key_duplicate", key: draft.key });
    else byKey.set(draft.key, draft);
  }
  const statuses = [...byKey.values()];
  const resolving = leadingToResolved(statuses);

  const [first, ...others] = statuses.filter(({ isDefault }) => isDefault);
  if (!first) problems.push({ kind: "default_missing" });
  else if (first.category !== "open") problems.push({ kind: "default_not_open", key: first.key });
  for (const { key } of others) problems.push({ kind: "default_duplicate", key });

  for (const { key, category, next } of statuses) {
    const fixed = known.get(key);
    if (fixed && fixed !== category) problems.push({ kind: "category_fixed", key, category: fixed });
    for (const each of new Set(next)) {
      if (each === key) problems.push({ kind: "next_itself", key });
      else if (!byKey.has(each)) problems.push({ kind: "next_unknown", key, next: each });
    }
    if (category === "closed") {
      if (next.length > 0) problems.push({ kind: "closed_continues", key });
    } else if (!next.some((each) => each !== key && byKey.has(each))) {
      problems.push({ kind: "dead_end", key });
    }
    if (!isDone(category) && !resolving.has(key)) problems.push({ kind: "resolved_unreachable", key });
    const goesBack = next.some((each) => isWork(byKey.get(each)?.category));
    if (isReopened(category) && !goesBack) problems.push({ kind: "work_unreachable", key });
  }
  return problems;
}

const isWork = (category?: StatusCategory): boolean => category === "open" || category === "in_progress";

/** Of which categories a customer's reply takes a ticket back to work. */
const isReopened = (category: StatusCategory): boolean => category === "waiting" || category === "resolved";

/** @throws RefusalError `status.graph_invalid` with every problem. */
export function expectSoundGraph(
  drafts: readonly StatusDraft[],
  known: ReadonlyMap<string, StatusCategory>,
): void {
  const problems = graphProblems(drafts, known);
  if (problems.length > 0) refuse({ code: "status.graph_invalid", problems });
}

/** The keys of the statuses from which some way leads to a resolved one: found backward from there. */
function leadingToResolved(statuses: readonly StatusDraft[]): ReadonlySet<string> {
  const found = new Set(statuses.filter(({ category }) => category === "resolved").map(({ key }) => key));
  for (const goal of found) {
    for (const { key, category, next } of statuses)
      if (category !== "closed" && next.includes(goal)) found.add(key);
  }
  return found;
}
