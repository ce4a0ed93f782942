import { sql } from "drizzle-orm";
import { departmentsOf } from "../sql.ts";
import { query } from "../statement.ts";

export interface PrincipalRow {
  roleKey: string;
  permissions: string[];
  departmentIds: string[];
}

/** What a live auth session of an active person stands for; no row where either has ended. */
export const findPrincipal = query<{ authSessionId: string; userId: string; now: string }, PrincipalRow>(
  (p) => sql`
    select r.key as "roleKey", r.permissions,
      ${departmentsOf(p.organizationId)} as "departmentIds"
    from auth_sessions s
    join users u on u.organization_id = ${p.organizationId} and u.id = s.user_id
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where s.organization_id = ${p.organizationId} and s.id = ${p.authSessionId} and s.user_id = ${p.userId}
      and s.revoked_at is null and s.expires_at > ${p.now} and u.deactivated_at is null`,
);
