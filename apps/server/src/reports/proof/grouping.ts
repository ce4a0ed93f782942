import type { Dimension, Interval, ReportScope } from "@helpdesk/domain";
import type { Definition } from "../definition.ts";
import type { Ticket } from "./facts.ts";
import { partKey } from "./local-time.ts";

/** Who reads, as a recount needs it. */
export interface Reader {
  scope: ReportScope;
  userId: string;
  departmentIds: readonly string[];
}

export interface Asked {
  from: string;
  until: string;
  now: string;
  definition: Definition;
  reader: Reader;
  /** The categories of statuses, by key. */
  categories: ReadonlyMap<string, string>;
}

export type Figures = Record<string, number | null>;
/** What is to be in a report, by what its rows are of. */
export type Expected = Map<string, Figures>;

export const isDone = (category: string | undefined): boolean =>
  category === "resolved" || category === "closed";
export const seconds = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 1000);

export const keyOf = (part: string, ids: readonly (string | null)[], rest = ""): string =>
  [part, ...ids.map((id) => id ?? "none"), rest].join("|");

/** Whether a report is over a ticket. */
export function isReported(ticket: Ticket, { definition, reader }: Asked): boolean {
  const { departmentId, assigneeId, customerId, ccIds } = ticket;
  if (ticket.isSimulated || ticket.mergedIntoId !== null) return false;
  const isHandled =
    departmentId === null || reader.departmentIds.includes(departmentId) || assigneeId === reader.userId;
  if (reader.scope !== "organization" && !isHandled) return false;
  const { filters, kind } = definition;
  const among = (
    list: readonly string[] | undefined,
    value: string | null,
    of: Record<string, readonly (string | null)[]> = {},
  ) => list === undefined || list.flatMap((each) => of[each] ?? [each]).includes(value);
  const isCustomers = customerId === reader.userId || ccIds.includes(reader.userId);
  const names = isCustomers ? [] : ticket.tags.map(({ name }) => name);
  return (
    among(filters.priorities, ticket.priority) &&
    among(filters.sources, ticket.source) &&
    among(filters.categories, ticket.category) &&
    among(filters.departments, departmentId, { mine: reader.departmentIds, none: [null] }) &&
    (kind === "workload" || among(filters.assignees, assigneeId, { me: [reader.userId], none: [null] })) &&
    (filters.isOpen === undefined || filters.isOpen === (ticket.resolvedAt === null)) &&
    (filters.tags?.some((tag) => names.includes(tag)) ?? true) &&
    !(filters.noTags?.some((tag) => names.includes(tag)) ?? false)
  );
}

function valuesOf(
  dimension: Dimension,
  ticket: Ticket,
  policyId: string | null,
  { reader }: Asked,
): (string | null)[] {
  switch (dimension) {
    case "status":
      return [ticket.statusKey];
    case "category":
      return [ticket.category];
    case "priority":
      return [ticket.priority];
    case "source":
      return [ticket.source];
    case "department":
      return [ticket.departmentId];
    case "agent":
      return [ticket.assigneeId];
    case "policy":
      return [policyId];
    case "tag": {
      const isCustomers = ticket.customerId === reader.userId || ticket.ccIds.includes(reader.userId);
      return isCustomers || ticket.tags.length === 0 ? [null] : ticket.tags.map(({ id }) => id);
    }
  }
}

export interface Fact {
  ticket: Ticket;
  policyId: string | null;
  at: string;
}

/** Facts of reported tickets within the period, by what the report groups them by. */
export function grouped<F extends Fact>(
  asked: Asked,
  facts: Iterable<F>,
  restOf: (fact: F) => string = () => "",
): Map<string, F[]> {
  const { definition, from, until } = asked;
  const by = "by" in definition ? definition.by : [];
  const interval: Interval | null = "interval" in definition ? definition.interval : null;
  const groups = new Map<string, F[]>();
  for (const fact of facts) {
    if (fact.at < from || fact.at >= until || !isReported(fact.ticket, asked)) continue;
    const part = interval === null ? "" : partKey(fact.at, interval, definition.zone);
    let keys: (string | null)[][] = [[]];
    for (const dimension of by) {
      const values = valuesOf(dimension, fact.ticket, fact.policyId, asked);
      keys = keys.flatMap((key) => values.map((value) => [...key, value]));
    }
    for (const ids of keys) {
      const key = keyOf(part, ids, restOf(fact));
      const group = groups.get(key);
      if (group) group.push(fact);
      else groups.set(key, [fact]);
    }
  }
  return groups;
}

export const figuresOf = <F>(groups: Map<string, F[]>, figures: (facts: F[]) => Figures): Expected =>
  new Map([...groups].map(([key, facts]) => [key, figures(facts)]));

export const count = <F>(facts: readonly F[], is: (fact: F) => boolean): number => facts.filter(is).length;

/** Between its two neighbours where it falls between them. */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return Math.floor(low + (place - Math.floor(place)) * (high - low) + 0.5);
}

export const share = (some: number, all: number): number | null =>
  all === 0 ? null : Math.round((some / all) * 10_000) / 10_000;
