import { sql } from "drizzle-orm";
import type { Instant, SlaPolicy } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface PolicyRow extends SlaPolicy {
  name: string;
  updatedAt: Instant;
}

const columns = sql.raw(`
  id, name, position, conditions, calendar_id as "calendarId",
  first_response_target_seconds as "firstResponseTargetSeconds",
  next_response_target_seconds as "nextResponseTargetSeconds",
  resolution_target_seconds as "resolutionTargetSeconds",
  pauses_first_response as "pausesFirstResponse", pauses_resolution as "pausesResolution",
  reopen_mode as "reopenMode", warnings, escalations, is_active as "isActive", version, updated_at as "updatedAt"`);

export const listPolicies = query<Record<never, never>, PolicyRow>(
  (p) => sql`
    select ${columns} from sla_policies where organization_id = ${p.organizationId} order by position, id`,
);

/** All policies, which nobody else changes until the unit ends: their order is one thing. */
export const lockPolicies = command<Record<never, never>, PolicyRow>(
  (p) => sql`
    select ${columns} from sla_policies where organization_id = ${p.organizationId} order by id for update`,
);

export interface PolicyValues {
  id: string;
  /** A JSON object of the columns that an edit can change, by their names in code. */
  values: string;
  at: Instant;
}

const values = `name text, conditions jsonb, "calendarId" uuid, "firstResponseTargetSeconds" int,
  "nextResponseTargetSeconds" int, "resolutionTargetSeconds" int, "pausesFirstResponse" boolean,
  "pausesResolution" boolean, "reopenMode" text, warnings jsonb, escalations jsonb, "isActive" boolean`;

export const insertPolicy = command<PolicyValues & { position: number }, PolicyRow>(
  (p) => sql`
    insert into sla_policies (organization_id, id, name, position, conditions, calendar_id,
      first_response_target_seconds, next_response_target_seconds, resolution_target_seconds,
      pauses_first_response, pauses_resolution, reopen_mode, warnings, escalations, is_active, version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, r.name, ${p.position}::int, r.conditions, r."calendarId",
      r."firstResponseTargetSeconds", r."nextResponseTargetSeconds", r."resolutionTargetSeconds",
      r."pausesFirstResponse", r."pausesResolution", r."reopenMode", r.warnings, r.escalations, r."isActive", 1,
      ${p.at}::timestamptz, ${p.at}::timestamptz
    from jsonb_to_record((${p.values}::text)::jsonb) as r(${sql.raw(values)})
    returning ${columns}`,
);

export const updatePolicy = command<PolicyValues, { id: string }>(
  (p) => sql`
    update sla_policies set name = r.name, conditions = r.conditions, calendar_id = r."calendarId",
      first_response_target_seconds = r."firstResponseTargetSeconds",
      next_response_target_seconds = r."nextResponseTargetSeconds",
      resolution_target_seconds = r."resolutionTargetSeconds",
      pauses_first_response = r."pausesFirstResponse", pauses_resolution = r."pausesResolution",
      reopen_mode = r."reopenMode", warnings = r.warnings,
      escalations = r.escalations, is_active = r."isActive",
      version = version + 1, updated_at = ${p.at}
    from jsonb_to_record((${p.values}::text)::jsonb) as r(${sql.raw(values)})
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning id`,
);

/** Puts policies into the order of a list of their ids; those that keep their place stay as they are. */
export const orderPolicies = command<{ ids: string; at: Instant }, { id: string }>(
  (p) => sql`
    update sla_policies set position = r.place::int, version = version + 1, updated_at = ${p.at}
    from unnest((${p.ids}::text)::uuid[]) with ordinality as r(policy_id, place)
    where organization_id = ${p.organizationId} and id = r.policy_id and position <> r.place
    returning id`,
);
