import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  role: { id: string; key: string; name: string };
  departments: { id: string; name: string }[];
  timeZone: string;
  locale: string;
  phone: string | null;
  jobTitle: string | null;
  avatarUrl: string | null;
  isAvailable: boolean;
  hasPassword: boolean;
  isService: boolean;
  emailVerifiedAt: Instant | null;
  lastSignInAt: Instant | null;
  deactivatedAt: Instant | null;
  version: number;
  createdAt: Instant;
}

export interface MeRow extends PersonRow {
  permissions: string[];
  preferences: Record<string, string | number | boolean | null>;
  organization: { id: string; slug: string; name: string; timeZone: string; locale: string };
}

type OrganizationId = SQL | Params<unknown>["organizationId"];

const columns = (organizationId: OrganizationId): SQL => sql`
  u.id, u.email, u.name, jsonb_build_object('id', r.id, 'key', r.key, 'name', r.name) as role,
  coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) order by d.name)
    from department_members m
    join departments d on d.organization_id = ${organizationId} and d.id = m.department_id and d.archived_at is null
    where m.organization_id = ${organizationId} and m.user_id = u.id), '[]') as departments,
  u.time_zone as "timeZone", u.locale, u.phone, u.job_title as "jobTitle", u.avatar_url as "avatarUrl",
  u.is_available as "isAvailable", u.password_hash is not null as "hasPassword", u.is_service as "isService", u.email_verified_at as "emailVerifiedAt",
  u.last_sign_in_at as "lastSignInAt", u.deactivated_at as "deactivatedAt", u.version, u.created_at as "createdAt"`;

export const findPerson = query<{ userId: string }, PersonRow>(
  (p) => sql`
    select ${columns(p.organizationId)}
    from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId} and not u.is_simulated`,
);

/** A person with what only they are told: what they may, their preferences and their organization. */
export const findMe = query<{ userId: string }, MeRow>(
  (p) => sql`
    select ${columns(p.organizationId)}, r.permissions, u.preferences,
      jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'timeZone', o.time_zone, 'locale', o.locale) as organization
    from users u
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    join organizations o on o.id = ${p.organizationId}
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);

export interface PeopleValues {
  roleKey: string | null;
  /** The start of a name or an e-mail address as a LIKE pattern. */
  pattern: string | null;
  afterEmail: string | null;
}

type P = Params<PeopleValues>;

const filters = {
  role: (p: P) => sql`r.key = ${p.roleKey}::text`,
  active: () => sql`u.deactivated_at is null`,
  deactivated: () => sql`u.deactivated_at is not null`,
  search: (p: P) => sql`(u.email like ${p.pattern}::text or u.name ilike ${p.pattern}::text)`,
  after: (p: P) => sql`u.email > ${p.afterEmail}::text`,
};

export type PeopleFilter = keyof typeof filters;

const compiled = shaped((shape: string) => {
  const [limit, ...named] = shape.split(" ") as [string, ...PeopleFilter[]];
  return query<PeopleValues, PersonRow>((p) => {
    const conditions = [
      sql`u.organization_id = ${p.organizationId} and not u.is_simulated`,
      ...named.map((name) => filters[name](p)),
    ];
    return sql`
      select ${columns(p.organizationId)}
      from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
      where ${sql.join(conditions, sql` and `)}
      order by u.email limit ${sql.raw(limit)}`;
  });
});

/** The statement for a page of people with these filters, in the order of their e-mail addresses. */
export const listPeople = (limit: number, named: PeopleFilter[]) => compiled([limit, ...named].join(" "));
