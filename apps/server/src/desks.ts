import { findDesk, read, type Sql } from "@helpdesk/db";
import { type DeskCalendar, type Desk, StatusGraph, compileCalendar, toEpochMs } from "@helpdesk/domain";
import type { Runtime } from "./runtime.ts";
import { TtlCache } from "./ttl-cache.ts";

/** How old an organization's rules may be on this process. */
const TTL_MS = 900;

/** The rules of each organization. Calendars stay compiled as long as their version stays. */
export class Desks {
  readonly #cache: TtlCache<Desk>;
  readonly #calendars = new Map<string, DeskCalendar>();
  readonly #sql: Sql;

  constructor({ sql, runtime }: { sql: Sql; runtime: Runtime }) {
    this.#sql = sql;
    this.#cache = new TtlCache({ ttlMs: TTL_MS, max: 1_000, nowMs: () => toEpochMs(runtime.now()) });
  }

  of(organizationId: string): Promise<Desk> {
    return this.#cache.get(organizationId, () => this.#load(organizationId));
  }

  /** Those after `known`, which turned out to be too old: read at most once for all who find so. */
  async after(known: Desk): Promise<Desk> {
    const { organizationId } = known;
    if ((await this.of(organizationId)) === known) this.#cache.forget(organizationId);
    return this.of(organizationId);
  }

  /** As they are now, for work that must not miss what was just changed. */
  fresh(organizationId: string): Promise<Desk> {
    return this.#load(organizationId);
  }

  async #load(organizationId: string): Promise<Desk> {
    const row = await findDesk.first(read(this.#sql, organizationId));
    if (!row) throw new Error(`No organization ${organizationId}.`);
    const calendars = new Map<string, DeskCalendar>();
    for (const { id, version, timeZone, hours, holidays } of row.calendars) {
      let calendar = this.#calendars.get(id);
      if (calendar?.version !== version) {
        const exceptions = holidays.map(({ date, hours: open }) =>
          open === null ? date : { date, hours: open },
        );
        calendar = { ...compileCalendar({ timeZone, hours, holidays: exceptions }), id, version };
        this.#calendars.set(id, calendar);
      }
      calendars.set(id, calendar);
    }
    return {
      organizationId,
      statuses: new StatusGraph(
        row.statuses.filter(({ isArchived }) => !isArchived),
        row.statuses.filter(({ isArchived }) => isArchived),
      ),
      departments: new Map(
        row.departments.map((department) => [
          department.id,
          { ...department, memberIds: new Set(department.memberIds) },
        ]),
      ),
      policies: row.policies,
      calendars,
      fields: row.fields,
      surveyDelaySeconds: row.surveyDelaySeconds,
      rulesVersion: row.rulesVersion,
    };
  }
}
