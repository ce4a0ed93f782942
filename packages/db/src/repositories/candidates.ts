import { type SQLWrapper, sql } from "drizzle-orm";
import { departmentsOf } from "../sql.ts";
import { command, query } from "../statement.ts";
import type { Unit } from "../unit.ts";

export interface CandidateRow {
  id: string;
  name: string;
  isActive: boolean;
  permissions: string[];
  departmentIds: string[];
}

const candidates = (organizationId: SQLWrapper) => sql`
  select u.id, u.name, u.deactivated_at is null as "isActive", r.permissions,
    ${departmentsOf(organizationId)} as "departmentIds"
  from users u join roles r on r.organization_id = ${organizationId} and r.id = u.role_id
  where u.organization_id = ${organizationId} and not u.is_simulated`;

/** A person as far as rules on giving them tickets look at them. */
export const findCandidate = query<{ userId: string }, CandidateRow>(
  (p) => sql`${candidates(p.organizationId)} and u.id = ${p.userId}`,
);

/** Several people, by an array of their ids. */
export const findCandidates = query<{ userIds: string }, CandidateRow>(
  (p) =>
    sql`${candidates(p.organizationId)} and u.id = any((${p.userIds}::text)::uuid[]) order by u.name, u.id`,
);

/**
 * A person who is about to be given a ticket: neither deactivated nor given another role until the unit ends.
 * People are locked before tickets, everywhere.
 */
export async function holdCandidate(
  unit: Unit,
  params: { userId: string },
): Promise<CandidateRow | undefined> {
  await hold(unit, params);
  return findCandidate.first(unit, params);
}

const hold = command<{ userId: string }, { id: string }>(
  (p) => sql`select id from users where organization_id = ${p.organizationId} and id = ${p.userId} for share`,
);

/** Several people, held as `holdCandidate` holds one, in the order of their ids. */
export const holdCandidates = command<{ userIds: string }, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId} and id = any((${p.userIds}::text)::uuid[])
    order by id for share`,
);

/** The open tickets that a person has, in the order in which they are locked. */
export const findOpenTicketsOf = query<{ userId: string }, { id: string }>(
  (p) => sql`
    select id from tickets
    where organization_id = ${p.organizationId} and assignee_id = ${p.userId} and resolved_at is null
      and not is_simulated
    order by id`,
);
