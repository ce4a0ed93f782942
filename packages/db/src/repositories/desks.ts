import { sql } from "drizzle-orm";
import type {
  AssignmentStrategy,
  BusinessCalendar,
  DayInterval,
  SlaPolicy,
  StatusCategory,
  TicketField,
} from "@helpdesk/domain";
import { query } from "../statement.ts";
import { readsDepartments } from "./departments.ts";

/** The rules of one organization, as one row of JSON. */
export interface DeskRow {
  timeZone: string;
  statuses: {
    id: string;
    key: string;
    name: string;
    category: StatusCategory;
    color: string;
    position: number;
    isDefault: boolean;
    isResolved: boolean;
    isArchived: boolean;
    nextIds: string[];
  }[];
  departments: {
    id: string;
    name: string;
    managerId: string | null;
    calendarId: string | null;
    assignment: AssignmentStrategy;
    memberIds: string[];
  }[];
  policies: (SlaPolicy & { name: string })[];
  calendars: {
    id: string;
    version: number;
    timeZone: string;
    hours: BusinessCalendar["hours"];
    /** Closed all day where `hours` is null. */
    holidays: { date: string; hours: DayInterval[] | null }[];
  }[];
  fields: TicketField[];
  surveyDelaySeconds: number | null;
  /** Of its latest entry in the log of rules. */
  rulesVersion: number;
}

const json = (rows: ReturnType<typeof sql>) =>
  sql`coalesce((select jsonb_agg(to_jsonb(rows)) from (${rows}) rows), '[]')`;

/** All rules that decisions on tickets need, in one round trip. */
export const findDesk = query<Record<never, never>, DeskRow>(
  (p) => sql`
    select o.time_zone as "timeZone", o.survey_delay_seconds as "surveyDelaySeconds",
      coalesce((select max(version) from sla_rules where organization_id = ${p.organizationId}), 0) as "rulesVersion",
      ${json(sql`
        select id, key, name, kind, choices -> 'options' as options, min, max, required_to as "requiredTo",
          customer_access as "customerAccess"
        from ticket_fields where organization_id = ${p.organizationId} and archived_at is null
        order by position, key`)} as fields,
      ${json(sql`
        select s.id, s.key, s.name, s.category, s.color, s.position,
          s.is_default as "isDefault", s.is_resolved as "isResolved", s.archived_at is not null as "isArchived",
          array(select t.to_status_id from ticket_status_transitions t
            where t.organization_id = ${p.organizationId} and t.from_status_id = s.id order by t.to_status_id) as "nextIds"
        from ticket_statuses s where s.organization_id = ${p.organizationId} order by s.position, s.key`)} as statuses,
      ${json(sql`
        select d.id, d.name, d.calendar_id as "calendarId", d.assignment,
          (select u.id from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
            where u.organization_id = ${p.organizationId} and u.id = d.manager_id and ${readsDepartments}) as "managerId",
          array(select m.user_id from department_members m
            join users u on u.organization_id = ${p.organizationId} and u.id = m.user_id
            join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
            where m.organization_id = ${p.organizationId} and m.department_id = d.id and ${readsDepartments}) as "memberIds"
        from departments d where d.organization_id = ${p.organizationId} and d.archived_at is null
        order by d.name`)} as departments,
      ${json(sql`
        select id, name, position, conditions, calendar_id as "calendarId",
          first_response_target_seconds as "firstResponseTargetSeconds",
          next_response_target_seconds as "nextResponseTargetSeconds",
          resolution_target_seconds as "resolutionTargetSeconds",
          pauses_first_response as "pausesFirstResponse", pauses_resolution as "pausesResolution",
          reopen_mode as "reopenMode", warnings, escalations, is_active as "isActive", version
        from sla_policies where organization_id = ${p.organizationId} order by position, id`)} as policies,
      ${json(sql`
        select c.id, c.version, c.time_zone as "timeZone", c.hours,
          coalesce((select jsonb_agg(jsonb_build_object('date', h.date, 'hours', h.hours -> 'intervals') order by h.date)
            from calendar_holidays h
            where h.organization_id = ${p.organizationId} and h.calendar_id = c.id), '[]') as holidays
        from business_calendars c where c.organization_id = ${p.organizationId}`)} as calendars
    from organizations o where o.id = ${p.organizationId}`,
);
