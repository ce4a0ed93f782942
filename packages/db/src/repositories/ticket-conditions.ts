import { type SQL, type SQLWrapper, isNull, sql } from "drizzle-orm";
import type { Priority, Source } from "@helpdesk/domain";

/** What is asked of tickets, everything by id: all of it; within a list any is enough. What is left out is not asked. */
export interface TicketConditions {
  isOpen?: boolean | undefined;
  statusIds?: readonly string[] | undefined;
  priorities?: readonly Priority[] | undefined;
  sources?: readonly Source[] | undefined;
  /** Null stands for no department. */
  departmentIds?: readonly (string | null)[] | undefined;
  /** Null stands for nobody. */
  assigneeIds?: readonly (string | null)[] | undefined;
  customerId?: string | undefined;
  /** Distinct, like the two below. */
  tagIds?: readonly string[] | undefined;
  allTagIds?: readonly string[] | undefined;
  noTagIds?: readonly string[] | undefined;
}

/** Conditions as values of a statement: single ids, and array literals. */
export interface ConditionValues {
  statusIds: string | null;
  priorities: string | null;
  sources: string | null;
  departmentId: string | null;
  amongDepartmentIds: string | null;
  assigneeId: string | null;
  amongAssigneeIds: string | null;
  customerId: string | null;
  tagIds: string | null;
  allTagIds: string | null;
  noTagIds: string | null;
}

type Slots = Record<keyof ConditionValues, SQLWrapper>;

/** Conditions' values as expressions, the lists parsed. */
export type ConditionSlots = Slots & { readonly parsed: true };

const lists: Partial<Record<keyof ConditionValues, "uuid" | "text">> = {
  statusIds: "uuid",
  priorities: "text",
  sources: "text",
  amongDepartmentIds: "uuid",
  amongAssigneeIds: "uuid",
  tagIds: "uuid",
  allTagIds: "uuid",
  noTagIds: "uuid",
};

export type ParseList = (slot: SQLWrapper, type: "uuid" | "text") => SQL;

/** Where it stands, so that the planner sees what is in it. */
export const parsedInPlace: ParseList = (slot, type) => sql`(${slot}::text)::${sql.raw(type)}[]`;

/** Once a statement, for what looks at it for each of many rows. */
export const parsedOnce: ParseList = (slot, type) =>
  sql`(select (${slot}::text)::${sql.raw(type)}[])::${sql.raw(type)}[]`;

/** @param slotOf the placeholder of a value. */
export const conditionSlots = (
  slotOf: (name: keyof ConditionValues) => SQLWrapper,
  parse: ParseList,
): ConditionSlots =>
  new Proxy({} as ConditionSlots, {
    get(_, name: keyof ConditionValues) {
      const type = lists[name];
      return type ? parse(slotOf(name), type) : slotOf(name);
    },
  });

/** The columns that conditions look at, of tickets or of what tickets are counted by. */
export type ConditionColumns = Record<
  "statusId" | "priority" | "source" | "departmentId" | "assigneeId" | "customerId",
  SQLWrapper
>;

const among = (column: SQLWrapper, list: SQLWrapper): SQL => sql`${column} = any(${list})`;

export const arrayLiteral = (values: Iterable<string>): string => `{${[...values].join(",")}}`;

/** Those on columns. One id by itself is asked for by equality: an index on it has the order of a page. */
export const conditionSql = {
  statuses: (t, p) => among(t.statusId, p.statusIds),
  priorities: (t, p) => among(t.priority, p.priorities),
  sources: (t, p) => among(t.source, p.sources),
  department: (t, p) => sql`${t.departmentId} = ${p.departmentId}`,
  unrouted: (t) => isNull(t.departmentId),
  departments: (t, p) => among(t.departmentId, p.amongDepartmentIds),
  departments_or_none: (t, p) =>
    sql`(${t.departmentId} is null or ${among(t.departmentId, p.amongDepartmentIds)})`,
  assignee: (t, p) => sql`${t.assigneeId} = ${p.assigneeId}`,
  unassigned: (t) => isNull(t.assigneeId),
  assignees: (t, p) => among(t.assigneeId, p.amongAssigneeIds),
  assignees_or_none: (t, p) => sql`(${t.assigneeId} is null or ${among(t.assigneeId, p.amongAssigneeIds)})`,
  customer: (t, p) => sql`${t.customerId} = ${p.customerId}`,
} satisfies Record<string, (t: ConditionColumns, p: ConditionSlots) => SQL>;

export type ColumnCondition = keyof typeof conditionSql;
export type TagCondition = "tags" | "all_tags" | "no_tags";

export function columnConditions(asked: TicketConditions): ColumnCondition[] {
  const { statusIds, priorities, sources, departmentIds, assigneeIds, customerId } = asked;
  const found: (ColumnCondition | null)[] = [
    statusIds ? "statuses" : null,
    priorities ? "priorities" : null,
    sources ? "sources" : null,
    departmentIds
      ? kindOf(departmentIds, ["unrouted", "department", "departments", "departments_or_none"])
      : null,
    assigneeIds ? kindOf(assigneeIds, ["unassigned", "assignee", "assignees", "assignees_or_none"]) : null,
    customerId === undefined ? null : "customer",
  ];
  return found.filter((condition) => condition !== null);
}

type Kinds = readonly [
  none: ColumnCondition,
  one: ColumnCondition,
  some: ColumnCondition,
  orNone: ColumnCondition,
];

function kindOf(ids: readonly (string | null)[], [none, one, some, orNone]: Kinds): ColumnCondition {
  if (ids.includes(null)) return ids.length === 1 ? none : orNone;
  return ids.length === 1 ? one : some;
}

export const tagConditions = ({ tagIds, allTagIds, noTagIds }: TicketConditions): TagCondition[] => [
  ...(tagIds ? (["tags"] as const) : []),
  ...(allTagIds ? (["all_tags"] as const) : []),
  ...(noTagIds ? (["no_tags"] as const) : []),
];

export function conditionValues(asked: TicketConditions): ConditionValues {
  const list = (values: readonly (string | null)[] | undefined) =>
    values ? arrayLiteral(values.filter((value) => value !== null)) : null;
  return {
    statusIds: list(asked.statusIds),
    priorities: list(asked.priorities),
    sources: list(asked.sources),
    departmentId: asked.departmentIds?.[0] ?? null,
    amongDepartmentIds: list(asked.departmentIds),
    assigneeId: asked.assigneeIds?.[0] ?? null,
    amongAssigneeIds: list(asked.assigneeIds),
    customerId: asked.customerId ?? null,
    tagIds: list(asked.tagIds),
    allTagIds: list(asked.allTagIds),
    noTagIds: list(asked.noTagIds),
  };
}
