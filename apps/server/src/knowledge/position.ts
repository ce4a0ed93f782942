import { refuse } from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, safeText } from "../schemas.ts";

/** Where a page of a search ended. The instant of the first page ranks all of them. Opaque to callers. */
const positionSchema = z.tuple([
  z.literal("articles"),
  instantSchema.refine((at) => at >= "0001"),
  z.int().min(1).max(1_000),
  safeText(1_000).nullable(),
  z.boolean(),
]);

export interface FoundPosition {
  at: string;
  offset: number;
  /** The query that was answered instead of the one that was asked. */
  correctedTo: string | null;
  /** Whether articles that have only some of the words are found. */
  isPartial: boolean;
}

/** Null behind the thousandth: nobody reads that far, and each page ranks all before it anew. */
export function toFoundCursor({ at, offset, correctedTo, isPartial }: FoundPosition): string | null {
  if (offset > 1_000) return null;
  const position = JSON.stringify(["articles", at, offset, correctedTo, isPartial]);
  return Buffer.from(position).toString("base64url");
}

/** @throws RefusalError `cursor.invalid`. */
export function fromFoundCursor(cursor: string): FoundPosition {
  try {
    const text = Buffer.from(cursor, "base64url").toString("utf8");
    const [, at, offset, correctedTo, isPartial] = positionSchema.parse(JSON.parse(text));
    return { at, offset, correctedTo, isPartial };
  } catch {
    return refuse({ code: "cursor.invalid" });
  }
}
