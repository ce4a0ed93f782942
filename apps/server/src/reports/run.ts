import { Interrupted, Unavailable, isEnded } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { askedBy, expectMayAsk, withTagIds } from "./ask.ts";
import { columnsOf } from "./columns.ts";
import type { Definition, StoredDefinition } from "./definition.ts";
import type { Report } from "./result.ts";
import { rowsOf } from "./rows.ts";

/** The report that was asked for, as far as the actor may see. @throws RefusalError as `reports.run` declares. */
export const run = async (ctx: Context, { definition }: { definition: Definition }): Promise<Report> =>
  runStored(ctx, await withTagIds(ctx, definition));

/** @throws RefusalError `permission.denied`, `report.period_invalid`, `report.too_large`. */
export async function runStored(ctx: Context, definition: StoredDefinition): Promise<Report> {
  expectMayAsk(ctx.actor, definition);
  const asked = askedBy(ctx, definition);
  const pages = rowsOf(ctx, asked, definition);
  const { value: rows = [] } = await inTime(() => pages.next());
  const isList = definition.kind === "tickets" || definition.kind === "ratings";
  const isComplete = !isList || !(await inTime(() => pages.next())).value?.length;
  const columns = columnsOf(definition).map(({ key, title, unit }) => ({ key, title, unit }));
  const { kind, zone } = definition;
  return { kind, zone, ...asked.period, columns, isComplete, rows } as Report;
}

/** @throws RefusalError `report.too_large` where the database ended a statement for the time it took. */
export async function inTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unavailable && !(error instanceof Interrupted) && isEnded(error.cause))
      refuse({ code: "report.too_large", limitRows: null });
    throw error;
  }
}
