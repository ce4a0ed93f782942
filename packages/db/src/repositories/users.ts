import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import type { Unit } from "../unit.ts";

export interface SignInRow {
  userId: string;
  passwordHash: string | null;
}

/** An active person by e-mail address, for checking a password; a service has none. */
export const findSignIn = query<{ email: string }, SignInRow>(
  (p) => sql`
    select id as "userId", password_hash as "passwordHash" from users
    where organization_id = ${p.organizationId} and email = ${p.email} and deactivated_at is null and not is_service`,
);

/** An active person whom a ticket can be opened for. */
export const findCustomer = query<{ userId: string }, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId} and id = ${p.userId} and deactivated_at is null and not is_simulated`,
);

export interface CredentialRow {
  email: string;
  name: string;
  passwordHash: string | null;
  emailVerifiedAt: Instant | null;
  organizationSlug: string;
  organizationName: string;
}

export const findCredential = query<{ userId: string }, CredentialRow>(
  (p) => sql`
    select u.email, u.name, u.password_hash as "passwordHash", u.email_verified_at as "emailVerifiedAt",
      o.slug as "organizationSlug", o.name as "organizationName"
    from users u join organizations o on o.id = ${p.organizationId}
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);

export interface LockedPerson {
  id: string;
  roleId: string;
  permissions: string[];
  deactivatedAt: Instant | null;
  version: number;
  updatedAt: Instant;
}

interface TwoPeople {
  actorId: string;
  userId: string;
}

/**
 * The actor of a change and the person it is about, locked in the order of their ids.
 * They are read by a second statement: one that waits for a lock still sees the roles of before the wait.
 * Rows that refer to them can be written meanwhile: whoever holds a ticket of theirs need not wait.
 */
export async function lockPeople(unit: Unit, people: TwoPeople): Promise<LockedPerson[]> {
  await holdPeople(unit, people);
  return findPeople(unit, people);
}

const holdPeople = command<TwoPeople, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId} and id in (${p.actorId}::uuid, ${p.userId}::uuid)
    order by id for no key update`,
);

const findPeople = query<TwoPeople, LockedPerson>(
  (p) => sql`
    select u.id, u.role_id as "roleId", r.permissions, u.deactivated_at as "deactivatedAt", u.version,
      u.updated_at as "updatedAt"
    from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and u.id in (${p.actorId}::uuid, ${p.userId}::uuid)
      and not u.is_simulated`,
);

/** Holds a person: what they have a limit of is counted by the next statement. */
export const holdPerson = command<{ userId: string }, { id: string }>(
  (p) => sql`
    select id from users where organization_id = ${p.organizationId} and id = ${p.userId} for no key update`,
);

export interface NewPerson {
  id: string;
  email: string;
  name: string;
  roleId: string;
  /** A JSON array. */
  departmentIds: string;
  at: Instant;
}

const newPerson = (isService: boolean) =>
  command<NewPerson, { id: string }>(
    (p) => sql`
    with person as (
      insert into users (organization_id, id, email, name, role_id, is_service, is_available, is_on_leaderboard,
        time_zone, locale, created_at, updated_at)
      select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.email}::text, ${p.name}::text, ${p.roleId}::uuid,
        ${sql.raw(`${isService}, ${!isService}, ${!isService}`)}, o.time_zone, o.locale, ${p.at}::timestamptz, ${p.at}::timestamptz
      from organizations o where o.id = ${p.organizationId} returning id),
    members as (
      insert into department_members (organization_id, department_id, user_id)
      select ${p.organizationId}::uuid, department::uuid, person.id
      from person, jsonb_array_elements_text((${p.departmentIds}::text)::jsonb) as departments(department))
    select id from person`,
  );

/** A person without a password, in their departments, with the organization's time zone and language. */
export const insertPerson = newPerson(false);

/** A service account, likewise: whom no department gives tickets by itself. */
export const insertService = newPerson(true);

export const setRoleOf = command<{ userId: string; roleId: string; at: Instant }, never>(
  (p) => sql`
    update users set role_id = ${p.roleId}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.userId}`,
);

export const setDeactivatedAt = command<
  { userId: string; deactivatedAt: Instant | null; at: Instant },
  never
>(
  (p) => sql`
    update users set deactivated_at = ${p.deactivatedAt}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.userId}`,
);

/** Whether somebody is there to be given tickets. */
export const setAvailability = command<{ userId: string; isAvailable: boolean }, never>(
  (p) => sql`
    update users set is_available = ${p.isAvailable}
    where organization_id = ${p.organizationId} and id = ${p.userId}`,
);

export interface Profile {
  userId: string;
  readVersion: number;
  /** JSON of the columns to change: what is not in it stays. */
  changes: string;
  at: Instant;
}

/** Changes a person's own profile. No row where the version is another. */
export const updateProfile = command<Profile, { id: string }>(
  (p) => sql`
    update users u set
      name = coalesce(c.name, u.name), time_zone = coalesce(c."timeZone", u.time_zone),
      locale = coalesce(c.locale, u.locale), preferences = coalesce(c.preferences, u.preferences),
      phone = case when (${p.changes}::text)::jsonb ? 'phone' then c.phone else u.phone end,
      job_title = case when (${p.changes}::text)::jsonb ? 'jobTitle' then c."jobTitle" else u.job_title end,
      version = u.version + 1, updated_at = ${p.at}::timestamptz
    from jsonb_to_record((${p.changes}::text)::jsonb)
      as c(name text, "timeZone" text, locale text, preferences jsonb, phone text, "jobTitle" text)
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId} and u.version = ${p.readVersion}
    returning u.id`,
);

/** Changes a password. No row where it is no longer the one that was checked, or the person is out. */
export const changePasswordHash = command<
  { userId: string; from: string; to: string; at: Instant },
  { id: string }
>(
  (p) => sql`
    update users set password_hash = ${p.to}, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.userId}
      and password_hash = ${p.from} and deactivated_at is null
    returning id`,
);

/** Sets a password by a mailed link, which proves the address too. `name` stays where it is null. */
export const setPasswordHash = command<
  { userId: string; passwordHash: string; name: string | null; at: Instant },
  { email: string }
>(
  (p) => sql`
    update users set password_hash = ${p.passwordHash}, name = coalesce(${p.name}::text, name),
      email_verified_at = coalesce(email_verified_at, ${p.at}::timestamptz),
      version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.userId} and deactivated_at is null
    returning email`,
);

export const setEmailVerified = command<{ userId: string; at: Instant }, { id: string }>(
  (p) => sql`
    update users set email_verified_at = coalesce(email_verified_at, ${p.at}::timestamptz)
    where organization_id = ${p.organizationId} and id = ${p.userId} and deactivated_at is null
    returning id`,
);
