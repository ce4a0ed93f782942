import { type SQL, sql } from "drizzle-orm";
import type { Dimension } from "@helpdesk/domain";
import { onCustomersSide } from "../ticket-scope.ts";
import { type P, REPORT_ROWS, partOf } from "./facts.ts";

/** What figures are given for each of: up to two dimensions, and the parts of the period. */
export interface Groups {
  by: Dimension[];
  isTimed: boolean;
}

/** The columns of a row that say what its figures are of. `part` counts from 1, and is 0 where there are no parts. */
export interface GroupRow {
  id1: string | null;
  label1: string | null;
  id2: string | null;
  label2: string | null;
  part: number;
}

interface GroupedBy {
  id: string;
  label: string;
  join?: (p: P) => SQL;
}

const status = (p: P): SQL =>
  sql`join ticket_statuses s on s.organization_id = ${p.organizationId} and s.id = t.status_id`;

/** Of tickets called `t`, and of facts called `f` that name their policy. */
const groupedBy: Record<Dimension, GroupedBy> = {
  status: { id: "s.key", label: "s.name", join: status },
  category: { id: "s.category", label: "s.category", join: status },
  priority: { id: "t.priority", label: "t.priority" },
  source: { id: "t.source", label: "t.source" },
  department: {
    id: "d.id::text",
    label: "d.name",
    join: (p) =>
      sql`left join departments d on d.organization_id = ${p.organizationId} and d.id = t.department_id`,
  },
  agent: {
    id: "u.id::text",
    label: "u.name",
    join: (p) => sql`left join users u on u.organization_id = ${p.organizationId} and u.id = t.assignee_id`,
  },
  // As in lists: none on the tickets whose customer the reader is.
  tag: {
    id: "g.id::text",
    label: "g.name",
    join: (p) => sql`left join (
        select l.ticket_id, tag.id, tag.name from ticket_tags l
        join tags tag on tag.organization_id = ${p.organizationId} and tag.id = l.tag_id
        where l.organization_id = ${p.organizationId}) g
      on g.ticket_id = t.id and not (${onCustomersSide(p)})`,
  },
  policy: {
    id: "y.id::text",
    label: "y.name",
    join: (p) =>
      sql`left join sla_policies y on y.organization_id = ${p.organizationId} and y.id = f.policy_id`,
  },
};

/** What has no name has null for one. */
const none: GroupedBy = { id: "null::text", label: "null::text" };

export function grouping(p: P, { by, isTimed }: Groups) {
  const [first = none, second = none] = by.map((dimension) => groupedBy[dimension]);
  const columns = sql`
    ${sql.raw(first.id)} as id1, ${sql.raw(first.label)} as label1,
    ${sql.raw(second.id)} as id2, ${sql.raw(second.label)} as label2,
    ${isTimed ? partOf(p, "f.at") : sql`0`} as part`;
  const joins = [...new Set([first.join, second.join])].flatMap((join) => (join ? [join(p)] : []));
  return { columns, joins: sql.join(joins, sql` `) };
}

/** Groups the rows of a select whose first columns are those above. One row more than there may be tells that there are more. */
export const byGroups = sql.raw(`
  group by 1, 2, 3, 4, 5 order by 5, 2 nulls last, 4 nulls last, 1, 3 limit ${REPORT_ROWS + 1}`);
