import { type ImportRow, type Reader, findImport, listImportProblems, listImports } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type Import, type importProblemSchema, toImport } from "./view.ts";

/** @throws RefusalError `import.not_found`. */
export const importOf = async (via: Reader, importId: string): Promise<ImportRow> =>
  (await findImport.first(via, { id: importId })) ?? refuse({ code: "import.not_found" });

/** How an import stands. @throws RefusalError `import.not_found`. */
export const get = async ({ read }: Context, { importId }: { importId: string }): Promise<Import> =>
  toImport(await importOf(read, importId));

interface Page {
  limit: number;
  cursor?: string | null | undefined;
}

const ORDER = "imports";
const AFTER_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The organization's imports, newest first. @throws RefusalError `cursor.invalid`. */
export async function list(
  { read }: Context,
  { limit, cursor }: Page,
): Promise<{ items: Import[]; nextCursor: string | null }> {
  const beforeId = cursor ? fromCursor(cursor, ORDER).id : AFTER_ALL;
  const rows = await listImports(read, { beforeId, limit: fetchSize(limit) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor({ order: ORDER, value: last.createdAt, id: last.id }) : null;
  return { items: items.map(toImport), nextCursor };
}

/** What is wrong with lines, in the order of the file. @throws RefusalError `import.not_found`, `cursor.invalid`. */
export async function problems(
  { read }: Context,
  { importId, limit, cursor }: Page & { importId: string },
): Promise<{ items: z.output<typeof importProblemSchema>[]; nextCursor: string | null }> {
  await importOf(read, importId);
  const [afterLine, afterOrdinal] = placeIn(cursor);
  const rows = await listImportProblems(read, { importId, afterLine, afterOrdinal, limit: fetchSize(limit) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    last && rows.length > limit ? Buffer.from(`${last.line} ${last.ordinal}`).toString("base64url") : null;
  return {
    items: items.map(({ line, field, reason, value }) => ({ line, field, reason, value })),
    nextCursor,
  };
}

/** @throws RefusalError `cursor.invalid`. */
function placeIn(cursor: string | null | undefined): [line: number, ordinal: number] {
  if (!cursor) return [0, 0];
  const place = /^(\d{1,9}) (\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  return place ? [Number(place[1]), Number(place[2])] : refuse({ code: "cursor.invalid" });
}
