import { type SQL, sql } from "drizzle-orm";
import type { Erasable, Instant } from "@helpdesk/domain";
import { type Params, command, globalQuery, query } from "../../statement.ts";

/** What a worker has claimed, with what the person is found by. */
export interface ClaimedErasure {
  id: string;
  userId: string;
  isStaff: boolean;
  name: string;
  otherNames: string[];
  email: string;
  phone: string | null;
  requestedById: string;
  requestedAt: Instant;
  addressHash: string;
  step: string;
  afterKey: string | null;
  counts: Record<string, number>;
  attempts: number;
}

export interface ErasureRow {
  id: string;
  userId: string;
  requestedById: string;
  requestedByName: string;
  requestedAt: Instant;
  addressHash: string;
  step: string;
  counts: Record<string, number>;
  finishedAt: Instant | null;
  receiptHash: string | null;
}

const columns = sql.raw(`
  e.id, e.user_id as "userId", e.requested_by_id as "requestedById", r.name as "requestedByName",
  e.requested_at as "requestedAt", e.address_hash as "addressHash", e.step, e.counts, e.finished_at as "finishedAt",
  e.receipt_hash as "receiptHash"`);

const listing = (p: Params<unknown>, which: SQL): SQL => sql`
  select ${columns} from erasures e
  join users r on r.organization_id = ${p.organizationId} and r.id = e.requested_by_id
  where e.organization_id = ${p.organizationId} and ${which}`;

export const findErasure = query<{ erasureId: string }, ErasureRow>(
  (p) => listing(p, sql`e.id = ${p.erasureId}::uuid`) as SQL<ErasureRow>,
);

/** A page, the latest first. */
export const listErasures = query<{ before: string; limit: number }, ErasureRow>(
  (p) => sql`${listing(p, sql`e.id < ${p.before}::uuid`)} order by e.id desc limit ${p.limit}::int`,
);

export const findErasureOf = query<{ userId: string }, { id: string }>(
  (p) =>
    sql`select id from erasures where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid`,
);

/** What a request looks at, of a locked person. Super admins hold the built-in role. */
export const findErasable = query<{ userId: string }, Erasable & { isStaff: boolean }>(
  (p) => sql`
    select u.email, 'ticket.note' = any(r.permissions) as "isStaff",
      r.key = 'super_admin' and not exists (
        select from users o where o.organization_id = ${p.organizationId} and o.role_id = u.role_id and o.id <> u.id
          and o.deactivated_at is null and not o.is_service) as "isLastSuperAdmin",
      (select e.id from erasures e where e.organization_id = ${p.organizationId} and e.user_id = u.id) as "erasureId"
    from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}::uuid and not u.is_simulated`,
);

export const insertErasure = command<
  {
    id: string;
    userId: string;
    isStaff: boolean;
    /** A JSON array. */
    otherNames: string;
    requestedById: string;
    at: Instant;
    addressHash: string;
    step: string;
  },
  { id: string }
>(
  (p) => sql`
    insert into erasures (organization_id, id, user_id, is_staff, other_names, requested_by_id, requested_at,
      address_hash, step, due_at)
    values (${p.organizationId}, ${p.id}, ${p.userId}, ${p.isStaff},
      array(select jsonb_array_elements_text((${p.otherNames}::text)::jsonb)), ${p.requestedById}, ${p.at},
      ${p.addressHash}, ${p.step}, ${p.at}) returning id`,
);

/** Over all organizations: erasures that are due, some of them perhaps with a worker at them. */
export const listDueErasures = globalQuery<{ now: Instant }, { organizationId: string; id: string }>(
  (p) => sql`
    select organization_id as "organizationId", id from erasures
    where finished_at is null and due_at <= ${p.now}::timestamptz order by due_at limit 10`,
);

/** One that is due and that no worker is at: it is this one's until the unit ends. */
export const claimErasure = command<{ id: string; now: Instant }, ClaimedErasure>(
  (p) => sql`
    select e.id, e.user_id as "userId", e.is_staff as "isStaff", u.name, e.other_names as "otherNames", u.email, u.phone,
      e.requested_by_id as "requestedById", e.requested_at as "requestedAt", e.address_hash as "addressHash", e.step,
      e.after_key as "afterKey", e.counts, e.attempts
    from erasures e join users u on u.organization_id = ${p.organizationId} and u.id = e.user_id
    where e.organization_id = ${p.organizationId} and e.id = ${p.id}::uuid and e.finished_at is null
      and e.due_at <= ${p.now}::timestamptz
    for update of e skip locked`,
);

/** How far a claimed erasure has come. */
export const keepProgress = command<
  { id: string; step: string; afterKey: string | null; counts: string; now: Instant },
  never
>(
  (p) => sql`
    update erasures set step = ${p.step}, after_key = ${p.afterKey}, counts = (${p.counts}::text)::jsonb,
      attempts = 0, due_at = ${p.now}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** After a failure: nobody tries again before then. */
export const putOffErasure = command<{ id: string; dueAt: Instant }, never>(
  (p) => sql`
    update erasures set attempts = attempts + 1, due_at = ${p.dueAt}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid and finished_at is null`,
);

/** The last of the person themselves, with the end of the erasure. */
export const finishErasure = command<
  { id: string; userId: string; finishedAt: Instant; counts: string; receiptHash: string },
  never
>(
  (p) => sql`
    with person as (
      update users set email = 'erased-' || id || '@erased.invalid', name = 'Erased person', password_hash = null,
        phone = null, job_title = null, avatar_url = null, preferences = '{}', time_zone = 'UTC', locale = 'en',
        email_verified_at = null, last_sign_in_at = null, is_on_leaderboard = false, is_available = false,
        deactivated_at = coalesce(deactivated_at, ${p.finishedAt}::timestamptz), version = version + 1,
        updated_at = ${p.finishedAt}::timestamptz
      where organization_id = ${p.organizationId} and id = ${p.userId}::uuid returning id)
    update erasures e set finished_at = ${p.finishedAt}::timestamptz, receipt_hash = ${p.receiptHash},
      counts = (${p.counts}::text)::jsonb, other_names = '{}', step = 'finished', after_key = null
    from person where e.organization_id = ${p.organizationId} and e.id = ${p.id}::uuid`,
);
