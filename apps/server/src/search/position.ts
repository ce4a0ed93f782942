import { type SearchTerm, parseSearch, refuse, writtenSearch } from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, safeText } from "../schemas.ts";
import type { SearchInput } from "./input.ts";

/** Where a page ended: after a ticket, so many on. Opaque to callers. */
export interface SearchPosition {
  at: string;
  id: string;
  offset: number;
  /** The words that are looked for instead of those that were typed. */
  corrected: SearchTerm[] | null;
}

/** PostgreSQL has no year 0. */
const atSchema = instantSchema.refine((at) => at >= "0001");
const positionSchema = z.tuple([
  z.literal(["relevance", "newest"]),
  atSchema,
  z.uuid(),
  z.int().min(0).max(10_000),
  safeText(1_000).nullable(),
]);

export const toSearchCursor = (
  orderBy: SearchInput["orderBy"],
  { at, id, offset, corrected }: SearchPosition,
): string =>
  Buffer.from(JSON.stringify([orderBy, at, id, offset, corrected && writtenSearch(corrected)])).toString(
    "base64url",
  );

/** @throws RefusalError `cursor.invalid` for anything but a cursor of a search in this order. */
export function fromSearchCursor(cursor: string, orderBy: SearchInput["orderBy"]): SearchPosition {
  const position = positionSchema.safeParse(parsed(cursor));
  if (!position.success || position.data[0] !== orderBy) return refuse({ code: "cursor.invalid" });
  const [, at, id, offset, corrected] = position.data;
  return { at, id, offset, corrected: corrected === null ? null : parseSearch(corrected).terms };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
