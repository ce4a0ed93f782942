import { type SQL, sql } from "drizzle-orm";
import type { Instant, WebhookStop } from "@helpdesk/domain";
import { type Params, command, query } from "../statement.ts";
import { tellOfNotifications } from "./events.ts";

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  eventKinds: string[];
  includesNotes: boolean;
  isActive: boolean;
  stop: WebhookStop | null;
  failingSince: Instant | null;
  previousSecretEndsAt: Instant | null;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

const columns =
  sql.raw(`w.id, w.name, w.url, w.event_kinds as "eventKinds", w.includes_notes as "includesNotes",
  w.is_active as "isActive", w.stop, w.failing_since as "failingSince",
  w.previous_secret_ends_at as "previousSecretEndsAt", w.version, w.created_at as "createdAt", w.updated_at as "updatedAt"`);

const webhooks = (p: Params<unknown>) => sql`
  select ${columns} from webhooks w where w.organization_id = ${p.organizationId} and w.deleted_at is null`;

export const listWebhooks = query<{}, WebhookRow>((p) => sql`${webhooks(p)} order by w.name, w.id`);

export const findWebhook = query<{ id: string }, WebhookRow>(
  (p) => sql`${webhooks(p)} and w.id = ${p.id}::uuid`,
);

/** A webhook, locked against other changes of it and of its lanes: it comes before them. */
export const lockWebhook = command<{ id: string }, WebhookRow>(
  (p) => sql`${webhooks(p)} and w.id = ${p.id}::uuid for no key update`,
);

/** The organization, held against others that make webhooks, and how many it has. */
export const holdWebhookRoom = command<{}, { id: string }>(
  (p) => sql`select id from organizations where id = ${p.organizationId} for no key update`,
);

export const countWebhooks = query<{}, { count: number }>(
  (p) => sql`
    select count(*)::int as count from webhooks
    where organization_id = ${p.organizationId} and deleted_at is null`,
);

/** A JSON array of texts as an array. */
const texts = (json: SQL): SQL => sql`array(select jsonb_array_elements_text((${json}::text)::jsonb))`;

export interface NewWebhook {
  id: string;
  name: string;
  url: string;
  sealedSecret: Uint8Array;
  /** A JSON array. */
  eventKinds: string;
  includesNotes: boolean;
  at: Instant;
}

export const insertWebhook = command<NewWebhook, never>(
  (p) => sql`
    insert into webhooks (organization_id, id, name, url, sealed_secret, event_kinds, includes_notes, active_since,
      version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.name}::text, ${p.url}::text, ${p.sealedSecret}::bytea,
      ${texts(sql`${p.eventKinds}`)}, ${p.includesNotes}::boolean, ${p.at}::timestamptz, 1, ${p.at}::timestamptz,
      ${p.at}::timestamptz`,
);

export const updateWebhook = command<Omit<NewWebhook, "sealedSecret">, never>(
  (p) => sql`
    update webhooks set name = ${p.name}, url = ${p.url}, event_kinds = ${texts(sql`${p.eventKinds}`)},
      includes_notes = ${p.includesNotes}, failing_since = case when url = ${p.url} then failing_since end,
      version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** The secret there was signs as well until an instant. */
export const rotateWebhookSecret = command<
  { id: string; sealedSecret: Uint8Array; endsAt: Instant; at: Instant },
  never
>(
  (p) => sql`
    update webhooks set previous_sealed_secret = sealed_secret, previous_secret_ends_at = ${p.endsAt}::timestamptz,
      sealed_secret = ${p.sealedSecret}::bytea, version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** Switches it off: what is not on its way at this moment waits. */
export const stopWebhook = command<{ id: string; stop: WebhookStop; at: Instant }, never>(
  (p) => sql`
    with waiting as (
      delete from webhook_lanes
      where organization_id = ${p.organizationId} and webhook_id = ${p.id}::uuid and not is_ping and claim_id is null)
    update webhooks set is_active = false, stop = ${p.stop}::text, version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** Switches it on: what waits is due now and, for it is active from now on, tried as long as what is new. */
export const startWebhook = command<{ id: string; at: Instant }, never>(
  (p) => sql`
    with due as (
      insert into webhook_lanes (organization_id, webhook_id, subject_id, is_ping, due_at)
      select distinct ${p.organizationId}::uuid, ${p.id}::uuid, subject_id, false, ${p.at}::timestamptz
      from webhook_deliveries
      where organization_id = ${p.organizationId} and webhook_id = ${p.id}::uuid and state = 'pending' and kind <> 'ping'
      on conflict (organization_id, webhook_id, subject_id) do nothing)
    update webhooks set is_active = true, stop = null, failing_since = null, active_since = ${p.at}::timestamptz,
      version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** Its secrets are gone at once; its deliveries, which nobody can read any more, are left to the sweep. */
export const deleteWebhook = command<{ id: string; at: Instant }, never>(
  (p) => sql`
    with waiting as (
      delete from webhook_lanes where organization_id = ${p.organizationId} and webhook_id = ${p.id}::uuid)
    update webhooks set is_active = false, stop = 'paused', sealed_secret = ''::bytea, previous_sealed_secret = null,
      previous_secret_ends_at = null, deleted_at = ${p.at}::timestamptz, version = version + 1,
      updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** Those who look after webhooks. */
export const listWebhookManagers = query<{}, { id: string }>(
  (p) => sql`
    select u.id from users u
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and u.deactivated_at is null and not u.is_simulated
      and 'webhook.manage' = any(r.permissions) order by u.id limit 100`,
);

/** Tells people that a webhook was switched off. `people` is a JSON array of `id` and `userId`. */
export const tellOfStop = command<
  { people: string; webhookId: string; name: string; stop: WebhookStop; at: Instant },
  never
>(
  (p) => sql`
    with told as (
      insert into notifications (organization_id, id, user_id, kind, data, created_at)
      select ${p.organizationId}::uuid, r.id, r."userId", 'webhook_stopped',
        jsonb_build_object('webhookId', ${p.webhookId}::text, 'name', ${p.name}::text, 'stop', ${p.stop}::text),
        ${p.at}::timestamptz
      from jsonb_to_recordset((${p.people}::text)::jsonb) as r(id uuid, "userId" uuid)
      returning id, user_id)
    ${tellOfNotifications(p.organizationId, p.at)}`,
);
