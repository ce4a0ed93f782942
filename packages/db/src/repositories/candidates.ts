import { type SQLWrapper, sql } from "drizzle-orm";
import { departmentsOf } from "../sql.ts";
import { query } from "../statement.ts";

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
  where u.organization_id = ${organizationId}`;

/** A person as far as rules on giving them tickets look at them. */
export const findCandidate = query<{ userId: string }, CandidateRow>(
  (p) => sql`${candidates(p.organizationId)} and u.id = ${p.userId}`,
);

/** Several people, by an array of their ids. */
export const findCandidates = query<{ userIds: string }, CandidateRow>(
  (p) =>
    sql`${candidates(p.organizationId)} and u.id = any((${p.userIds}::text)::uuid[]) order by u.name, u.id`,
);
