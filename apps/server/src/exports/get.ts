import { type ExportRow, type Reader, findExport, listExports } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type Export, toExport } from "./view.ts";

/** @throws RefusalError `export.not_found`. */
export const exportOf = async (via: Reader, exportId: string): Promise<ExportRow> =>
  (await findExport.first(via, { id: exportId })) ?? refuse({ code: "export.not_found" });

/** How an export stands. @throws RefusalError `export.not_found`. */
export const get = async ({ read }: Context, { exportId }: { exportId: string }): Promise<Export> =>
  toExport(await exportOf(read, exportId));

const ORDER = "exports";
const AFTER_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The organization's exports, newest first. @throws RefusalError `cursor.invalid`. */
export async function list(
  { read }: Context,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<{ items: Export[]; nextCursor: string | null }> {
  const beforeId = cursor ? fromCursor(cursor, ORDER).id : AFTER_ALL;
  const rows = await listExports(read, { beforeId, limit: fetchSize(limit) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor({ order: ORDER, value: last.createdAt, id: last.id }) : null;
  return { items: items.map(toExport), nextCursor };
}
