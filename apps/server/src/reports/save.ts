import {
  type Unit,
  countSavedReports,
  holdPerson,
  insertSavedReport,
  listTags,
  lockOrganization,
} from "@helpdesk/db";
import {
  type ViewReach,
  canSeeReport,
  demand,
  departmentOf,
  expectMayRun,
  refuse,
  reportLimits,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { storable } from "../views/create.ts";
import { askedBy, expectMayAsk } from "./ask.ts";
import type { Definition, StoredDefinition } from "./definition.ts";
import { type SavedReport, toSavedReport, toStored } from "./saved.ts";

export interface SavedInput {
  name: string;
  definition: Definition;
  isShared: boolean;
  departmentId: string | null;
}

/** Saves a definition, for oneself or for others. @throws RefusalError as `reports.save` declares. */
export const save = (ctx: Context, input: SavedInput): Promise<SavedReport> =>
  ctx.transact(async (unit) => {
    const definition = await storableDefinition(ctx, unit, input.definition);
    const reach = reachOf(ctx, definition, input);
    await expectRoom(unit, reach.ownerId);
    const values = {
      ...reach,
      id: ctx.newId(),
      name: input.name,
      definition: JSON.stringify(definition),
      at: ctx.now,
    };
    const row = await insertSavedReport.first(unit, values);
    return toSavedReport(toStored(row!), ctx.actor, await listTags(unit));
  });

/** What can be run now. @throws RefusalError `permission.denied`, `report.period_invalid`, `status.unknown`, `department.not_found`, `tag.unknown`. */
export async function storableDefinition(
  ctx: Context,
  unit: Unit,
  definition: Definition,
): Promise<StoredDefinition> {
  expectMayRun(ctx.actor, definition.kind);
  const { tags, allTags, noTags } = definition.filters;
  if (tags ?? allTags ?? noTags) demand(ctx.actor, "ticket.note");
  const filters = await storable(ctx, unit, definition.filters);
  const stored = { ...definition, filters } as StoredDefinition;
  expectMayAsk(ctx.actor, stored);
  askedBy(ctx, stored);
  return stored;
}

/** Nobody shares what they would not see. @throws RefusalError `permission.denied`, `department.not_found`. */
export function reachOf(
  { actor, desk }: Context,
  { kind }: StoredDefinition,
  { isShared, departmentId }: Pick<SavedInput, "isShared" | "departmentId">,
): ViewReach {
  if (!isShared) return { ownerId: actor.userId, departmentId: null };
  demand(actor, "report.share");
  const reach = { ownerId: null, departmentId };
  if (departmentId !== null) departmentOf(desk, departmentId);
  if (!canSeeReport(actor, { ...reach, kind })) demand(actor, "report.read");
  return reach;
}

/** Holds the owner's reports, or the shared ones, against others that come to them. @throws RefusalError `report.limit_reached`. */
export async function expectRoom(unit: Unit, ownerId: string | null): Promise<void> {
  if (ownerId === null) await lockOrganization(unit);
  else await holdPerson(unit, { userId: ownerId });
  const limit = ownerId === null ? reportLimits.shared : reportLimits.personal;
  const counted = await countSavedReports.first(unit, { ownerId });
  if (counted!.count >= limit) refuse({ code: "report.limit_reached", limit });
}
