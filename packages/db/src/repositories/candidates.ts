import { sql } from "drizzle-orm";
import { departmentsOf } from "../sql.ts";
import { query } from "../statement.ts";

export interface CandidateRow {
  id: string;
  name: string;
  isActive: boolean;
  permissions: string[];
  departmentIds: string[];
}

/** A person as far as rules on giving them tickets look at them. */
export const findCandidate = query<{ userId: string }, CandidateRow>(
  (p) => sql`
    select u.id, u.name, u.deactivated_at is null as "isActive", r.permissions,
      ${departmentsOf(p.organizationId)} as "departmentIds"
    from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);
