import {
  builtInRoles,
  compileCalendar,
  type DayInterval,
  type Desk,
  type Instant,
  plusSeconds,
  policyDefaults,
  StatusGraph,
} from "@helpdesk/domain";
import type { PgInsertValue, PgTable } from "drizzle-orm/pg-core";
import * as schema from "../schema/index.ts";
import type { SeededDesk, SeededHoliday } from "./desks.ts";
import { seededId } from "./ids.ts";
import { knowledgeRows } from "./knowledge-rows.ts";
import { newOrganizationRows, officeHours, type OrganizationRows } from "./new-organization.ts";
import { userId, userRows } from "./people.ts";
import { type Cast, play } from "./play.ts";

export interface Period {
  startsAt: Instant;
  endsAt: Instant;
}

/** Rows of one table; batches stand in the order they can be inserted. */
export interface Batch {
  table: PgTable;
  rows: PgInsertValue<PgTable>[];
}

const batch = <T extends PgTable>(table: T, rows: T["$inferInsert"][]): Batch => ({ table, rows });

/** All rows of one seeded organization. */
export async function batchesOf(spec: SeededDesk, { startsAt, endsAt }: Period): Promise<Batch[]> {
  const { slug, name, timeZone, people } = spec;
  const newId = (of: string) => seededId(`${slug}/${of}`);
  const organizationId = newId("organization");
  const start = newOrganizationRows(
    { id: organizationId, slug, name, timeZone, locale: "en" },
    startsAt,
    newId,
  );
  const roleIds = new Map(start.roles.map((role) => [role.key, role.id]));
  const mutable = { organizationId, createdAt: startsAt, updatedAt: startsAt };

  const calendars = [
    { ...start.calendar, holidays: spec.officeHolidays },
    ...spec.calendars.map((calendar) => ({
      ...mutable,
      ...calendar,
      id: newId(`calendar/${calendar.name}`),
      hours: officeHours,
    })),
  ];
  const calendarIds = new Map(calendars.map((calendar) => [calendar.name, calendar.id]));
  const emails = new Map(people.map(({ email }) => [email.slice(0, email.indexOf("@")), email]));
  const personId = (who: string) => userId(slug, emails.get(who)!);

  const departments = spec.departments.map(({ manager, members: _, calendar, ...department }) => ({
    ...mutable,
    ...department,
    id: newId(`department/${department.name}`),
    managerId: personId(manager),
    calendarId: calendar === undefined ? null : calendarIds.get(calendar)!,
  }));
  const members = spec.departments.flatMap(({ members: names }, index) =>
    names.map((who) => ({ organizationId, departmentId: departments[index]!.id, userId: personId(who) })),
  );

  const desk = deskOf(start, calendars, departments, members);
  const cast: Cast = new Map(
    people.map((person) => {
      const id = userId(slug, person.email);
      const departmentIds = new Set(
        members.filter((each) => each.userId === id).map((each) => each.departmentId),
      );
      const { permissions } = builtInRoles.find(({ key }) => key === person.role)!;
      const candidate = {
        id,
        name: person.name,
        isActive: true,
        permissions: new Set(permissions),
        departmentIds,
      };
      return [person.email.slice(0, person.email.indexOf("@")), { ...candidate, roleKey: person.role }];
    }),
  );
  const played = spec.stories.map((story, index) => play(desk, cast, story, index + 1, endsAt));
  const ticketIds = played.map(({ ticket }) => ticket.id);
  const knowledge = knowledgeRows(spec.knowledge, organizationId, personId, startsAt);

  return [
    batch(schema.organizations, [start.organization]),
    batch(schema.roles, start.roles),
    batch(schema.users, await userRows(slug, organizationId, roleIds, people, startsAt)),
    batch(
      schema.businessCalendars,
      calendars.map(({ holidays: _, ...calendar }) => calendar),
    ),
    batch(
      schema.calendarHolidays,
      calendars.flatMap(({ id, holidays }) =>
        holidays.map((holiday) => holidayRow(organizationId, id, holiday)),
      ),
    ),
    batch(schema.departments, departments),
    batch(schema.departmentMembers, members),
    batch(schema.slaPolicies, start.policies),
    batch(schema.ticketStatuses, start.statuses),
    batch(schema.ticketStatusTransitions, start.transitions),
    batch(schema.ticketCounters, [{ organizationId, lastNumber: played.length }]),
    batch(
      schema.tickets,
      played.map(({ ticket }) => ticket),
    ),
    batch(
      schema.ticketComments,
      played.flatMap(({ comments }) => comments),
    ),
    batch(
      schema.ticketHistory,
      played.flatMap(({ history }) => history),
    ),
    batch(
      schema.slaCycles,
      played.flatMap(({ cycles }) => cycles),
    ),
    batch(
      schema.notifications,
      played.flatMap(({ notifications }) => notifications),
    ),
    batch(
      schema.tags,
      Object.entries(spec.tags).map(([tag, color]) => ({
        ...mutable,
        id: newId(`tag/${tag}`),
        name: tag,
        color,
      })),
    ),
    batch(
      schema.ticketTags,
      spec.stories.flatMap(({ tags = [] }, index) =>
        tags.map((tag) => ({ organizationId, ticketId: ticketIds[index]!, tagId: newId(`tag/${tag}`) })),
      ),
    ),
    batch(
      schema.ticketFollowers,
      spec.stories.flatMap(({ followers = [], at }, index) =>
        followers.map((who) => ({
          organizationId,
          ticketId: ticketIds[index]!,
          userId: personId(who),
          createdAt: plusSeconds(at, 60),
        })),
      ),
    ),
    batch(
      schema.macros,
      spec.macros.map((macro) => ({ ...mutable, ...macro, id: newId(`macro/${macro.name}`) })),
    ),
    batch(
      schema.views,
      spec.views.map((view, position) => ({ ...mutable, ...view, id: newId(`view/${view.name}`), position })),
    ),
    batch(schema.kbCategories, knowledge.categories),
    batch(schema.kbArticles, knowledge.articles),
    batch(schema.kbArticleVersions, knowledge.versions),
  ];
}

type CalendarRow = OrganizationRows["calendar"] & { holidays: readonly SeededHoliday[] };

function deskOf(
  { organization, statuses, transitions, policies }: OrganizationRows,
  calendars: readonly CalendarRow[],
  departments: readonly { id: string; name: string; managerId: string; calendarId: string | null }[],
  members: readonly { departmentId: string; userId: string }[],
): Desk {
  return {
    organizationId: organization.id,
    statuses: new StatusGraph(
      statuses.map(({ version: _, isDefault = false, isResolved = false, ...status }) => ({
        ...status,
        isDefault,
        isResolved,
        nextIds: transitions
          .filter(({ fromStatusId }) => fromStatusId === status.id)
          .map((each) => each.toStatusId),
      })),
    ),
    departments: new Map(
      departments.map((department) => [
        department.id,
        {
          ...department,
          memberIds: new Set(
            members.filter((each) => each.departmentId === department.id).map((each) => each.userId),
          ),
        },
      ]),
    ),
    policies: policies.map(({ conditions = {}, ...policy }) => ({
      ...policyDefaults,
      id: policy.id,
      version: 1,
      position: policy.position,
      conditions,
      calendarId: policy.calendarId,
      firstResponseTargetSeconds: policy.firstResponseTargetSeconds ?? null,
      nextResponseTargetSeconds: policy.nextResponseTargetSeconds ?? null,
      resolutionTargetSeconds: policy.resolutionTargetSeconds ?? null,
      isActive: true,
    })),
    calendars: new Map(
      calendars.map(({ id, timeZone, hours, holidays }) => {
        const dated = holidays.map(({ date, intervals }) => (intervals ? { date, hours: intervals } : date));
        return [id, { id, version: 1, ...compileCalendar({ timeZone, hours, holidays: dated }) }];
      }),
    ),
  };
}

const holidayRow = (
  organizationId: string,
  calendarId: string,
  { date, name, intervals }: { date: string; name: string; intervals?: DayInterval[] },
) => ({
  organizationId,
  id: seededId(`${calendarId}/${date}`),
  calendarId,
  date,
  name,
  hours: intervals ? { intervals } : null,
});
