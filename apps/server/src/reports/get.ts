import { findSavedReport, listSavedReports, listTags } from "@helpdesk/db";
import { canSeeReport, expectVisibleReport } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Report } from "./result.ts";
import { runStored } from "./run.ts";
import { type SavedReport, type StoredReport, toSavedReport, toStored } from "./saved.ts";

/** @throws RefusalError `report.not_found`. */
export async function seenReport({ actor, read }: Context, id: string): Promise<StoredReport> {
  const row = await findSavedReport.first(read, { id });
  return expectVisibleReport(actor, row && toStored(row));
}

/** @throws RefusalError `report.not_found`. */
export async function get(ctx: Context, { reportId }: { reportId: string }): Promise<SavedReport> {
  return toSavedReport(await seenReport(ctx, reportId), ctx.actor, await listTags(ctx.read));
}

/** The saved reports that the actor sees, by name. */
export async function list({ actor, read }: Context): Promise<SavedReport[]> {
  const [rows, tags] = await Promise.all([listSavedReports(read, { userId: actor.userId }), listTags(read)]);
  return rows
    .map(toStored)
    .filter((stored) => canSeeReport(actor, stored))
    .map((stored) => toSavedReport(stored, actor, tags));
}

/** A saved report with the rights of whoever runs it. @throws RefusalError as `reports.runSaved` declares. */
export const runSaved = async (ctx: Context, { reportId }: { reportId: string }): Promise<Report> =>
  runStored(ctx, (await seenReport(ctx, reportId)).definition);
