import { type SQL, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";
import type { Reader } from "../unit.ts";
import { ticketsInCells } from "./ticket-cells.ts";
import {
  type ColumnCondition,
  type ConditionSlots,
  type TagCondition,
  type TicketConditions,
  arrayLiteral,
  columnConditions,
  conditionSql,
  conditionValues,
  conditionSlots,
  parsedInPlace,
  parsedOnce,
  tagConditions,
} from "./ticket-conditions.ts";
import { handledBy, onCustomersSide, ticketScopes } from "./ticket-scope.ts";

/** What is counted; whether a ticket is open is a matter of its status here. */
export interface Counted {
  conditions: Omit<TicketConditions, "isOpen">;
  /** Only tickets whose resolution clock runs. */
  hasDue: boolean;
}

export interface CountReader {
  scope: TicketScope;
  readerId: string;
  departmentIds: Iterable<string>;
}

interface CountShape {
  scope: Exclude<TicketScope, "none">;
  views: { columns: ColumnCondition[]; tags: TagCondition[]; hasDue: boolean }[];
  /** Whether all views together name what can narrow the reading: statuses, tags, customers. */
  statuses: boolean;
  tags: boolean;
  customers: boolean;
}

type P = Params<Record<string, string | null>> & Params<{ readerId: string; departmentIds: string }>;

const cell = {
  statusId: sql.raw("c.status_id"),
  priority: sql.raw("c.priority"),
  source: sql.raw("c.source"),
  departmentId: sql.raw("c.department_id"),
  assigneeId: sql.raw("c.assignee_id"),
  customerId: sql.raw("c.customer_id"),
};

const tagSql: Record<TagCondition, (p: ConditionSlots) => SQL> = {
  tags: (p) => sql`c.tag_ids && ${p.tagIds}`,
  all_tags: (p) => sql`c.tag_ids @> ${p.allTagIds}`,
  no_tags: (p) => sql`not (c.tag_ids && ${p.noTagIds})`,
};

/**
 * One number: of cells that do not look at tags, of those with tags where these are asked for, or of the former less
 * those with what must not be there.
 */
function total(p: P, { columns, tags, hasDue }: CountShape["views"][number], index: number): SQL {
  // Each view has the same conditions under names of its own.
  const slots = conditionSlots((name) => p[`${name}_${index}`]!, parsedOnce);
  const isOfCustomer = columns.includes("customer");
  const asked = [
    ...columns.map((condition) => conditionSql[condition](cell, slots)),
    ...(hasDue ? [sql`c.has_due`] : []),
    ...(isOfCustomer ? [] : [sql`c.customer_id is null`]),
  ];
  const sum = (...more: SQL[]) =>
    sql`coalesce(sum(c.amount) filter (where ${sql.join([...asked, ...more], sql` and `)}), 0)`;
  if (tags.length === 0) return sum(sql`c.tag_ids is null`);
  if (tags.join() === "no_tags")
    return sql`${sum(sql`c.tag_ids is null`)} - ${sum(sql`c.tag_ids && ${slots.noTagIds}`)}`;
  return sum(...tags.map((condition) => tagSql[condition](slots)));
}

/**
 * What is summed: cells and their changes, and tickets that a reader sees as a customer or that are asked for by
 * customer. Tags of tickets whose customer the reader is are not theirs to see: cells count them, and that is taken off.
 */
function sources(p: P, { scope, statuses, tags, customers }: CountShape): SQL[] {
  const counted = sql`c.status_id, c.priority, c.source, c.department_id, c.assignee_id, c.has_due, c.tag_ids`;
  const inStatuses = statuses ? sql`and c.status_id = any(${parsedOnce(p["statuses"]!, "uuid")})` : sql``;
  const inScope = scope === "departments" ? sql`and ${handledBy(p, cell, parsedOnce)}` : sql``;
  const of = (table: string, kind: SQL) => sql`
    select ${counted}, null::uuid as customer_id, c.amount from ${sql.raw(table)} c
    where c.organization_id = ${p.organizationId} and ${kind} ${inStatuses} ${inScope}`;
  const kinds = [
    sql`c.tag_ids is null`,
    ...(tags ? [sql`c.tag_ids && ${parsedOnce(p["tags"]!, "uuid")}`] : []),
  ];
  const cells = kinds.flatMap((kind) => [of("ticket_cells", kind), of("ticket_cell_changes", kind)]);
  const side = sql`(${onCustomersSide(p)})`;
  const tickets = (condition: SQL, customerId = sql`null::uuid`) => sql`
    select ${counted}, ${customerId} as customer_id, c.amount
    from (${ticketsInCells(p.organizationId, condition, sql`not ${side}`)}) c`;
  const hidden = (condition: SQL) =>
    tags
      ? [
          sql`select ${counted}, null::uuid as customer_id, -c.amount as amount
            from (${ticketsInCells(p.organizationId, condition)}) c where c.tag_ids is not null`,
        ]
      : [];
  const handled = sql`coalesce(${handledBy(p)}, false)`;
  const beside = {
    organization: hidden(side),
    departments: [tickets(sql`${side} and not ${handled}`), ...hidden(sql`${side} and ${handled}`)],
    own: [tickets(side)],
  };
  const ofCustomers = sql`t.customer_id = any(${parsedInPlace(p["customers"]!, "uuid")}) and (${ticketScopes[scope](p) ?? sql`true`})`;
  return [
    ...(scope === "own" ? [] : cells),
    ...beside[scope],
    ...(customers ? [tickets(ofCustomers, sql`c.customer_id`)] : []),
  ];
}

/** Not prepared: there are as many of these as there are sets of views. */
const compiled = shaped((key: string) => {
  const shape = JSON.parse(key) as CountShape;
  return query<Record<string, string | null>, Record<string, number>>(
    (params) => {
      const p = params as P;
      const totals = shape.views.map((view, i) => sql`${total(p, view, i)} as ${sql.raw(`"${i}"`)}`);
      return sql`
        select ${sql.join(totals, sql`, `)}
        from (${sql.join(sources(p, shape), sql` union all `)}) c`;
    },
    { isRare: true },
  );
});

/**
 * How many of the tickets that the reader may see are in each view, in one statement and so at one moment. What it
 * costs depends on the number of combinations that tickets are in, not on the number of tickets.
 */
export async function countTickets(
  via: Reader,
  { scope, readerId, departmentIds }: CountReader,
  counted: readonly Counted[],
): Promise<number[]> {
  if (scope === "none" || counted.length === 0) return counted.map(() => 0);
  const asked = counted.map(({ conditions }) => conditions);
  const statuses = asked.every(({ statusIds }) => statusIds)
    ? asked.flatMap(({ statusIds }) => statusIds!)
    : null;
  const tags = asked.flatMap(({ tagIds = [], allTagIds = [], noTagIds = [] }) => [
    ...tagIds,
    ...allTagIds,
    ...noTagIds,
  ]);
  const customers = asked.flatMap(({ customerId }) => customerId ?? []);
  const shape: CountShape = {
    scope,
    views: counted.map(({ conditions, hasDue }) => ({
      columns: columnConditions(conditions),
      tags: tagConditions(conditions),
      hasDue,
    })),
    statuses: statuses !== null,
    tags: tags.length > 0,
    customers: customers.length > 0,
  };
  const values: Record<string, string | null> = {
    readerId,
    departmentIds: arrayLiteral(departmentIds),
    statuses: arrayLiteral(new Set(statuses)),
    tags: arrayLiteral(new Set(tags)),
    customers: arrayLiteral(new Set(customers)),
  };
  for (const [i, conditions] of asked.entries())
    for (const [name, value] of Object.entries(conditionValues(conditions))) values[`${name}_${i}`] = value;
  const row = (await compiled(JSON.stringify(shape)).first(via, values))!;
  return counted.map((_, i) => row[String(i)]!);
}
