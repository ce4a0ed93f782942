import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { CellChange } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, globalQuery, query } from "../statement.ts";

const names = "status_id, priority, source, department_id, assignee_id, has_due, tag_ids";
const cellColumns: SQL = sql.raw(names);

const fields = `"statusId" uuid, priority text, source text, "departmentId" uuid, "assigneeId" uuid, "hasDue" boolean,
  "tagIds" uuid[], amount int`;

/** Adds changes, a JSON array of `CellChange` with ids, where the ticket called `ticket` counts at all. */
export const addCellChanges = (organizationId: SQLWrapper, changes: SQLWrapper): SQL => sql`
  insert into ticket_cell_changes (organization_id, id, ${cellColumns}, amount)
  select ${organizationId}::uuid, r.id, r."statusId", r.priority, r.source, r."departmentId", r."assigneeId", r."hasDue",
    r."tagIds", r.amount
  from ticket, ${recordset(changes, `id uuid, ${fields}`)}
  where not ticket.is_simulated and ticket.archived_at is null`;

/** Tickets as the cells that each is in: those of a condition on tickets called `t`, with their tags where `tagged`. */
export const ticketsInCells = (
  organizationId: SQLWrapper,
  condition: SQL,
  tagged: SQL = sql`true`,
): SQL => sql`
  select t.status_id, t.priority, t.source, t.department_id, t.assignee_id, t.resolution_due_at is not null as has_due,
    k.tag_ids, t.customer_id, 1 as amount
  from tickets t cross join lateral (
    select null::uuid[] as tag_ids
    union all
    select g.tag_ids from (
      select array_agg(l.tag_id order by l.tag_id) as tag_ids from ticket_tags l
      where l.organization_id = ${organizationId} and l.ticket_id = t.id) g
    where g.tag_ids is not null and ${tagged}) k
  where t.organization_id = ${organizationId} and not t.is_simulated and t.archived_at is null and ${condition}`;

/** Organizations with changes to fold. */
export const findUnfolded = globalQuery<Record<never, never>, { organizationId: string }>(
  () => sql`
    select o.id as "organizationId" from organizations o
    where exists (select from ticket_cell_changes c where c.organization_id = o.id)`,
);

/**
 * Folds some changes into the cells. Each change is taken by one of those who fold at once, and cells are locked in
 * one order. `empty` are the cells that came to nothing by it.
 */
export const foldCells = command<{ limit: number }, { taken: number; empty: string[] }>(
  (p) => sql`
    with taken as (
      delete from ticket_cell_changes c
      where c.organization_id = ${p.organizationId} and c.id = any(array(
        select o.id from ticket_cell_changes o where o.organization_id = ${p.organizationId}
        limit ${p.limit}::int for update skip locked))
      returning c.*),
    summed as (
      select ${cellColumns}, sum(amount)::int as amount from taken group by ${cellColumns} having sum(amount) <> 0),
    folded as (
      insert into ticket_cells (organization_id, cell, ${cellColumns}, amount)
      select ${p.organizationId}::uuid, md5(row(${cellColumns})::text)::uuid as cell, ${cellColumns}, amount
      from summed order by cell
      on conflict (organization_id, cell) do update set amount = ticket_cells.amount + excluded.amount
      returning cell, amount)
    select (select count(*) from taken) as taken,
      array(select cell::text from folded where amount = 0) as empty`,
);

/** Cells that the unit has just brought to nothing; one that is needed again is made again. */
export const dropEmptyCells = command<{ cells: string }, never>(
  (p) => sql`
    delete from ticket_cells
    where organization_id = ${p.organizationId} and cell = any((${p.cells}::text)::uuid[]) and amount = 0`,
);

/** What the cells lack for the tickets that there are, in one look: nothing where they are right. */
export const findCellDrift = query<Record<never, never>, CellChange>(
  (p) => sql`
    select status_id as "statusId", priority, source, department_id as "departmentId", assignee_id as "assigneeId",
      has_due as "hasDue", tag_ids::text[] as "tagIds", sum(amount)::int as amount
    from (
      select ${cellColumns}, amount from (${ticketsInCells(p.organizationId, sql`true`)}) counted
      union all select ${cellColumns}, -amount from ticket_cells where organization_id = ${p.organizationId}
      union all select ${cellColumns}, -amount from ticket_cell_changes where organization_id = ${p.organizationId}) every
    group by ${cellColumns} having sum(amount) <> 0
    order by ${cellColumns}`,
);

/** Adds changes, a JSON array of `CellChange` with ids. */
export const correctCells = command<{ changes: string }, never>(
  (p) => sql`
    insert into ticket_cell_changes (organization_id, id, ${cellColumns}, amount)
    select ${p.organizationId}::uuid, r.id, r."statusId", r.priority, r.source, r."departmentId", r."assigneeId",
      r."hasDue", r."tagIds", r.amount
    from ${recordset(p.changes, `id uuid, ${fields}`)}`,
);
