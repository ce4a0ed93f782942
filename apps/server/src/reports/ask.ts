import { type Reported, type ReportValues, arrayLiteral, conditionValues, listFilters } from "@helpdesk/db";
import {
  type Bucket,
  type ReportPeriod,
  type UserActor,
  bucketsOf,
  demand,
  expectMayRun,
  reportPeriodOf,
  reportScope,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { byTagIds, conditionsFor } from "../tickets/conditions.ts";
import type { Definition, StoredDefinition } from "./definition.ts";

/** A report as its statements take it. */
export interface Asked {
  period: ReportPeriod;
  /** Those of the period, where there are any. */
  parts: Bucket[] | null;
  shape: Reported;
  values: ReportValues;
  /** Whose workload: the reader's alone, that of those named, or everybody's. */
  agents: "all" | "listed" | "reader";
}

/** A definition with its tags by id. @throws RefusalError `permission.denied` for tags, which are for those who see notes. */
export async function withTagIds(ctx: Context, definition: Definition): Promise<StoredDefinition> {
  return { ...definition, filters: await byTagIds(ctx, definition.filters) } as StoredDefinition;
}

/** Who does not see notes does not hear of tags either, whoever saved the definition. @throws RefusalError `permission.denied`. */
export function expectMayAsk(actor: UserActor, definition: StoredDefinition): void {
  expectMayRun(actor, definition.kind);
  const { tagIds, allTagIds, noTagIds } = definition.filters;
  const isByTag = "by" in definition && definition.by.includes("tag");
  if (isByTag || (tagIds ?? allTagIds ?? noTagIds)) demand(actor, "ticket.note");
}

/** What a definition comes to for this reader, now. @throws RefusalError `report.period_invalid`. */
export function askedBy({ actor, desk, now }: Context, definition: StoredDefinition): Asked {
  const { zone, kind } = definition;
  const period = reportPeriodOf(definition.period, zone, now);
  const interval = "interval" in definition ? definition.interval : null;
  const parts = interval === null ? null : bucketsOf(period, interval, zone);
  const asked = conditionsFor(actor, desk, definition.filters);
  const { assigneeIds: agentIds, ...others } = asked;
  // The workload of somebody is what they do, also on tickets that others have.
  const conditions = kind === "workload" ? others : asked;
  const scope = reportScope(actor);
  return {
    period,
    parts,
    shape: {
      scope: scope === "organization" ? scope : "departments",
      filters: listFilters(conditions),
    },
    agents: scope === "own" ? "reader" : agentIds ? "listed" : "all",
    values: {
      ...conditionValues({ ...conditions, assigneeIds: agentIds }),
      readerId: actor.userId,
      departmentIds: arrayLiteral(actor.departmentIds),
      ...period,
      now,
      starts: arrayLiteral((parts ?? []).map(({ from }) => from)),
    },
  };
}
