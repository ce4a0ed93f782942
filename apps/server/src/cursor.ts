import { refuse } from "@helpdesk/domain";
import { z } from "zod";

/** Where a page ended: the order's value and the id of its last row. Opaque to callers. */
export interface Position {
  order: string;
  value: string;
  id: string;
}

/** ISO 8601 has a year 0, PostgreSQL has not. */
const valueSchema = z.iso.datetime({ precision: 3 }).refine((value) => value >= "0001");
const positionSchema = z.tuple([z.string(), valueSchema, z.uuid()]);

const FETCH_SIZES = [26, 51, 101];

/** How many rows to fetch for a page of `limit`: at least one more. Few limits make few statements. */
export const fetchSize = (limit: number): number => FETCH_SIZES.find((size) => size > limit)!;

export const toCursor = ({ order, value, id }: Position): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString("base64url");

/** @throws RefusalError `cursor.invalid` for anything but a cursor of a list in this order. */
export function fromCursor(cursor: string, order: string): Position {
  try {
    const [of, value, id] = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")),
    );
    if (of === order) return { order: of, value, id };
  } catch {
    // Whatever is wrong with it, it is not ours.
  }
  return refuse({ code: "cursor.invalid" });
}
