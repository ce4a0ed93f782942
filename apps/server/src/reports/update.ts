import { deleteSavedReport, listTags, lockSavedReport, type Unit, updateSavedReport } from "@helpdesk/db";
import { expectMayChangeReport, expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { expectRoom, reachOf, type SavedInput, storableDefinition } from "./save.ts";
import { type SavedReport, type StoredReport, toSavedReport, toStored } from "./saved.ts";

interface Versioned {
  reportId: string;
  version: number;
}

type Update = Versioned & { [K in keyof SavedInput]?: SavedInput[K] | undefined };

/** The report, locked. @throws RefusalError `report.not_found`, `permission.denied`, `version.conflict`. */
async function held({ actor }: Context, unit: Unit, { reportId, version }: Versioned): Promise<StoredReport> {
  const row = await lockSavedReport.first(unit, { id: reportId });
  const stored = expectMayChangeReport(actor, row && toStored(row));
  expectVersion(stored, version);
  return stored;
}

/**
 * Changes a saved report; what is left out stays. A shared one that is shared no more is whose it was who said so.
 * @throws RefusalError as `reports.update` declares.
 */
export const update = (ctx: Context, input: Update): Promise<SavedReport> =>
  ctx.transact(async (unit) => {
    const stored = await held(ctx, unit, input);
    const {
      name = stored.name,
      isShared = stored.ownerId === null,
      departmentId = stored.departmentId,
    } = input;
    const definition = input.definition
      ? await storableDefinition(ctx, unit, input.definition)
      : stored.definition;
    const reach = reachOf(ctx, definition, { isShared, departmentId });
    if (reach.ownerId !== stored.ownerId) await expectRoom(unit, reach.ownerId);
    const values = { id: stored.id, name, definition: JSON.stringify(definition), at: ctx.now, ...reach };
    const row = await updateSavedReport.first(unit, values);
    return toSavedReport(toStored(row!), ctx.actor, await listTags(unit));
  });

/** @throws RefusalError `report.not_found`, `version.conflict`. */
export const deleteReport = (ctx: Context, input: Versioned): Promise<null> =>
  ctx.transact(async (unit) => {
    const { id } = await held(ctx, unit, input);
    await deleteSavedReport(unit, { id });
    return null;
  });
