import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  slaCycleStates,
  slaMetrics,
  type PolicyReason,
  type SlaCycleState,
  type SlaMetric,
} from "@helpdesk/domain";
import { businessCalendars } from "./calendars.ts";
import { identity, identityKey, instant, isObject, object, oneOf, reference, rule } from "./columns.ts";
import { slaPolicies } from "./sla-policies.ts";
import { tickets } from "./tickets.ts";

/**
 * One target period of one metric, with the policy and calendar versions it was counted by.
 * `elapsedSeconds` counts up to `runningSince`; `breachedAt` and `warnedAt` are set once and stay whatever follows.
 */
export const slaCycles = pgTable(
  "sla_cycles",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    metric: text("metric").$type<SlaMetric>().notNull(),
    ordinal: integer("ordinal").notNull(),
    state: text("state").$type<SlaCycleState>().notNull(),
    policyId: uuid("policy_id").notNull(),
    policyVersion: integer("policy_version").notNull(),
    /** Why that policy applied when it took the cycle. */
    reason: object<PolicyReason>("reason").notNull(),
    calendarId: uuid("calendar_id").notNull(),
    calendarVersion: integer("calendar_version").notNull(),
    /** When the clock stands, by that policy. */
    standsWaiting: boolean("stands_waiting").notNull(),
    standsDone: boolean("stands_done").notNull(),
    targetSeconds: integer("target_seconds").notNull(),
    elapsedSeconds: integer("elapsed_seconds").notNull().default(0),
    runningSince: instant("running_since"),
    startedAt: instant("started_at").notNull(),
    dueAt: instant("due_at"),
    breachedAt: instant("breached_at"),
    warnBeforeSeconds: integer("warn_before_seconds"),
    warningAt: instant("warning_at"),
    warnedAt: instant("warned_at"),
    /** Of the next escalation step; all up to `escalatedAfterSeconds` past due have been taken. */
    escalateAfterSeconds: integer("escalate_after_seconds"),
    escalationAt: instant("escalation_at"),
    escalatedAfterSeconds: integer("escalated_after_seconds"),
    satisfiedAt: instant("satisfied_at"),
    closedAt: instant("closed_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    identityKey("sla_cycles_pkey", t),
    // No cascade: what was promised and kept or broken never vanishes with something else.
    reference("sla_cycles_ticket_fk", t, t.ticketId, tickets),
    reference("sla_cycles_policy_fk", t, t.policyId, slaPolicies),
    reference("sla_cycles_calendar_fk", t, t.calendarId, businessCalendars),
    unique("sla_cycles_ordinal_key").on(t.organizationId, t.ticketId, t.metric, t.ordinal),
    // The sweep over all organizations: only what can still breach is in it.
    index("sla_cycles_due_index").on(t.dueAt).where(sql.raw("state = 'running' and breached_at is null")),
    // The same for what can still warn.
    index("sla_cycles_warning_index")
      .on(t.warningAt)
      .where(sql.raw("state = 'running' and warned_at is null and breached_at is null")),
    // The same for what can still escalate.
    index("sla_cycles_escalation_index")
      .on(t.escalationAt)
      .where(sql.raw("state = 'running' and escalation_at is not null")),
    // An edit of a calendar or a policy recomputes open cycles only.
    index("sla_cycles_calendar_index")
      .on(t.organizationId, t.calendarId, t.ticketId)
      .where(sql.raw("state in ('running', 'paused')")),
    index("sla_cycles_policy_index")
      .on(t.organizationId, t.policyId, t.ticketId)
      .where(sql.raw("state in ('running', 'paused')")),
    // What was met and what was broken in a period, for reports.
    index("sla_cycles_satisfied_index")
      .on(t.organizationId, t.satisfiedAt)
      .where(sql.raw("satisfied_at is not null")),
    index("sla_cycles_breached_index")
      .on(t.organizationId, t.breachedAt)
      .where(sql.raw("breached_at is not null")),
    isObject("sla_cycles_reason_check", "reason"),
    oneOf("sla_cycles_metric_check", "metric", slaMetrics),
    oneOf("sla_cycles_state_check", "state", slaCycleStates),
    rule("sla_cycles_count_check", "ordinal > 0 and target_seconds > 0 and elapsed_seconds >= 0"),
    rule("sla_cycles_warn_before_check", "warn_before_seconds > 0"),
    rule("sla_cycles_escalate_after_check", "escalate_after_seconds >= 0"),
    // A step is taken once: the next one lies behind it.
    rule("sla_cycles_escalated_after_check", "escalate_after_seconds > escalated_after_seconds"),
    // Only a running clock has a start of its run; a paused one has no due instant.
    rule("sla_cycles_running_check", "(state = 'running') = (running_since is not null)"),
    rule(
      "sla_cycles_paused_check",
      "state <> 'paused' or coalesce(due_at, warning_at, escalation_at) is null",
    ),
    rule("sla_cycles_closed_check", "(state in ('running', 'paused')) = (closed_at is null)"),
    rule("sla_cycles_satisfied_check", "(state = 'satisfied') = (satisfied_at is not null)"),
    // A shorter target may be due before the change that set it; it is broken at the change, not before.
    rule("sla_cycles_breached_check", "breached_at >= started_at"),
  ],
);

/** Append-only: a ticket's running clocks were brought to other rules between two events of its history. */
export const slaRecounts = pgTable(
  "sla_recounts",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    afterSequence: integer("after_sequence").notNull(),
    rulesVersion: integer("rules_version").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    identityKey("sla_recounts_pkey", t),
    reference("sla_recounts_ticket_fk", t, t.ticketId, tickets),
    // Read with the ticket's history.
    index("sla_recounts_ticket_index").on(t.organizationId, t.ticketId, t.afterSequence),
    rule("sla_recounts_after_check", "after_sequence > 0 and rules_version > 0"),
  ],
);
