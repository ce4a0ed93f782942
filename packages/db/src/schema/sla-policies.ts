import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  reopenModes,
  textLimits,
  type ReopenMode,
  type SlaConditions,
  type SlaEscalations,
  type SlaWarnings,
} from "@helpdesk/domain";
import { businessCalendars } from "./calendars.ts";
import {
  identity,
  identityKey,
  isObject,
  isPositive,
  isText,
  mutable,
  object,
  oneOf,
  reference,
} from "./columns.ts";

export type { SlaConditions } from "@helpdesk/domain";

/** The first active policy by position whose conditions hold applies. A null target means: no such metric. */
export const slaPolicies = pgTable(
  "sla_policies",
  {
    ...identity,
    name: text("name").notNull(),
    position: integer("position").notNull(),
    conditions: object<SlaConditions>("conditions").notNull().default({}),
    calendarId: uuid("calendar_id").notNull(),
    firstResponseTargetSeconds: integer("first_response_target_seconds"),
    nextResponseTargetSeconds: integer("next_response_target_seconds"),
    resolutionTargetSeconds: integer("resolution_target_seconds"),
    pausesFirstResponse: boolean("pauses_first_response").notNull().default(false),
    pausesResolution: boolean("pauses_resolution").notNull().default(true),
    reopenMode: text("reopen_mode").$type<ReopenMode>().notNull().default("resume"),
    warnings: object<SlaWarnings>("warnings").notNull().default({}),
    escalations: object<SlaEscalations>("escalations").notNull().default({}),
    isActive: boolean("is_active").notNull().default(true),
    ...mutable,
  },
  (t) => [
    identityKey("sla_policies_pkey", t),
    reference("sla_policies_calendar_fk", t, t.calendarId, businessCalendars),
    unique("sla_policies_name_key").on(t.organizationId, t.name),
    // The order of choice. Not unique: moving one policy would have to renumber the others at once.
    index("sla_policies_position_index").on(t.organizationId, t.position, t.id).where(sql.raw("is_active")),
    isText("sla_policies_name_check", "name", textLimits.name),
    isPositive(
      "sla_policies_target_check",
      "first_response_target_seconds",
      "next_response_target_seconds",
      "resolution_target_seconds",
    ),
    oneOf("sla_policies_reopen_mode_check", "reopen_mode", reopenModes),
    isObject("sla_policies_objects_check", "conditions", "warnings", "escalations"),
  ],
);
