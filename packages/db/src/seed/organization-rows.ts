import { builtInRoles, cellsOf, type Instant, plusSeconds } from "@helpdesk/domain";
import type { PgInsertValue, PgTable } from "drizzle-orm/pg-core";
import * as schema from "../schema/index.ts";
import type { SeededDesk, SeededHoliday } from "./desks.ts";
import { seededId } from "./ids.ts";
import { knowledgeRows } from "./knowledge-rows.ts";
import { builtInScenarioRows } from "../organizations/built-in-scenarios.ts";
import { newOrganizationRows, officeHours } from "../organizations/new-organization.ts";
import { userId, userRows } from "./people.ts";
import { type Cast, actorOf, play } from "./play.ts";
import { rulesOf, type SeededCalendar, withAlerts } from "./rules.ts";
import { trainingRows } from "./training-rows.ts";

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
  const start = withAlerts(
    newOrganizationRows({ id: organizationId, slug, name, timeZone, locale: "en" }, startsAt, newId),
  );
  const roleIds = new Map(start.roles.map((role) => [role.key, role.id]));
  const mutable = { organizationId, createdAt: startsAt, updatedAt: startsAt };

  const calendars: SeededCalendar[] = [
    { row: start.calendar, holidays: spec.officeHolidays },
    ...spec.calendars.map(({ name: calendar, timeZone: zone, holidays }) => ({
      row: {
        ...mutable,
        id: newId(`calendar/${calendar}`),
        name: calendar,
        timeZone: zone,
        hours: officeHours,
      },
      holidays,
    })),
  ];
  const calendarIds = new Map(calendars.map(({ row }) => [row.name, row.id]));
  const emails = new Map(people.map(({ email }) => [email.slice(0, email.indexOf("@")), email]));
  const personId = (who: string) => userId(slug, emails.get(who)!);

  const departments = spec.departments.map(
    ({ name: department, description, manager, calendar, assignment, capacity }) => ({
      ...mutable,
      id: newId(`department/${department}`),
      name: department,
      description,
      assignment,
      capacity,
      managerId: personId(manager),
      calendarId: calendar === undefined ? null : calendarIds.get(calendar)!,
    }),
  );
  const members = spec.departments.flatMap(({ members: names }, index) =>
    names.map((who) => ({ organizationId, departmentId: departments[index]!.id, userId: personId(who) })),
  );

  const desk = rulesOf(start, calendars, departments, members);
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
  const { sessions, earned } = await trainingRows(desk, start.simulatedCustomer.id, spec.trainings ?? [], {
    newId,
    traineeOf: (who) => ({
      actor: actorOf(desk, cast, who),
      name: cast.get(who)!.name,
      timeZone: people.find(({ email }) => email === emails.get(who))!.timeZone,
    }),
  });
  const ticketIds = played.map(({ ticket }) => ticket.id);
  const tagIdsOf = (tags: readonly string[]) => tags.map((tag) => newId(`tag/${tag}`));
  const knowledge = knowledgeRows(spec.knowledge, organizationId, personId, startsAt);

  return [
    batch(schema.organizations, [start.organization]),
    batch(schema.roles, start.roles),
    batch(schema.users, [start.simulatedCustomer]),
    batch(schema.users, await userRows(slug, organizationId, roleIds, people, startsAt)),
    batch(
      schema.businessCalendars,
      calendars.map(({ row }) => row),
    ),
    batch(
      schema.calendarHolidays,
      calendars.flatMap(({ row, holidays }) =>
        holidays.map((holiday) => holidayRow(organizationId, row.id, holiday)),
      ),
    ),
    batch(schema.departments, departments),
    batch(schema.departmentMembers, members),
    batch(schema.slaPolicies, start.policies),
    batch(schema.mailAddresses, [start.mailAddress]),
    batch(schema.ticketStatuses, start.statuses),
    batch(schema.ticketStatusTransitions, start.transitions),
    batch(
      schema.ticketCounters,
      start.counters.map((counter) => ({
        ...counter,
        lastNumber: counter.isSimulated ? sessions.length : played.length,
      })),
    ),
    batch(
      schema.tickets,
      [...played, ...sessions.map(({ stage }) => stage)].map(({ ticket }) => ticket),
    ),
    batch(
      schema.ticketComments,
      [...played, ...sessions.map(({ stage }) => stage)].flatMap(({ comments }) => comments),
    ),
    batch(
      schema.ticketHistory,
      [...played, ...sessions.map(({ stage }) => stage)].flatMap(({ history }) => history),
    ),
    batch(
      schema.slaCycles,
      [...played, ...sessions.map(({ stage }) => stage)].flatMap(({ cycles }) => cycles),
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
      schema.ticketFields,
      spec.fields.map(({ options = {}, ...field }, place) => ({
        ...mutable,
        ...field,
        id: newId(`field/${field.key}`),
        choices: {
          options: Object.entries(options).map(([key, name]) => ({ key, name, isArchived: false })),
        },
        position: place + 1,
      })),
    ),
    batch(
      schema.ticketTemplates,
      spec.templates.map(({ defaults, tags, ...template }, position) => ({
        ...mutable,
        ...template,
        id: newId(`template/${template.name}`),
        defaults: { ...defaults, ...(tags && { tagIds: tagIdsOf(tags) }) },
        position,
      })),
    ),
    batch(
      schema.macros,
      spec.macros.map((macro) => ({ ...mutable, ...macro, id: newId(`macro/${macro.name}`) })),
    ),
    batch(
      schema.views,
      spec.views.map(({ department, conditions, tags, ...view }, position) => ({
        ...mutable,
        ...view,
        id: newId(`view/${view.name}`),
        departmentId: department === undefined ? null : newId(`department/${department}`),
        conditions: { ...conditions, ...(tags && { tagIds: tagIdsOf(tags) }) },
        position,
      })),
    ),
    batch(
      schema.ticketCellChanges,
      played.flatMap(({ ticket, decided }, index) =>
        cellsOf({ ...decided, tagIds: tagIdsOf(spec.stories[index]!.tags ?? []) }).map((cell, place) => ({
          ...cell,
          tagIds: cell.tagIds && [...cell.tagIds],
          organizationId,
          id: seededId(`${ticket.id}/cell/${place}`),
          amount: 1,
        })),
      ),
    ),
    batch(schema.scenarios, await builtInScenarioRows(organizationId, startsAt, newId)),
    batch(
      schema.trainingSessions,
      sessions.map(({ session }) => session),
    ),
    batch(
      schema.trainingEvents,
      sessions.flatMap(({ events }) => events),
    ),
    batch(
      schema.performanceMetrics,
      sessions.map(({ grading }) => grading),
    ),
    batch(schema.userAchievements, earned),
    batch(schema.kbCategories, knowledge.categories),
    batch(schema.kbArticles, knowledge.articles),
    batch(schema.kbArticleSlugs, knowledge.slugs),
    batch(schema.kbArticleVersions, knowledge.versions),
  ];
}

const holidayRow = (
  organizationId: string,
  calendarId: string,
  { date, name, intervals }: SeededHoliday,
) => ({
  organizationId,
  id: seededId(`${calendarId}/${date}`),
  calendarId,
  date,
  name,
  hours: intervals ? { intervals } : null,
});
