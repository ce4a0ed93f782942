import type { FoundTicketRow } from "@helpdesk/db";
import { type SearchTerm, canSee, excerptOf, markedWhole } from "@helpdesk/domain";
import { z } from "zod";
import type { Acting } from "../context.ts";
import { idSchema } from "../schemas.ts";
import { ticketSummarySchema, toSummary } from "../tickets/view.ts";

/** A text of the ticket that has what was looked for: plain text, never markup. */
const matchSchema = z.object({
  in: z.enum(["title", "description", "comment", "note"]),
  commentId: idSchema.nullable(),
  /** The whole title; of longer texts the part that says most, with … where it was cut. */
  text: z.string(),
  /** What to highlight: from, and up to but without, in UTF-16 units of `text`. */
  ranges: z.array(z.tuple([z.int(), z.int()])),
});
type Match = z.infer<typeof matchSchema>;

const foundTicketSchema = z.object({
  ticket: ticketSummarySchema,
  /** The ticket it is merged into, where the reader may see that one. */
  mergedInto: z.object({ id: idSchema, number: z.int() }).nullable(),
  matches: z.array(matchSchema),
});
export type FoundTicket = z.infer<typeof foundTicketSchema>;

/** A page may be short, even empty, and still have a next one: one call reads through so many tickets and no more. */
export const searchResultSchema = z.object({
  items: z.array(foundTicketSchema),
  nextCursor: z.string().nullable(),
  /** The query that was answered, where the one that was asked finds nothing but words like its own do. */
  correctedTo: z.string().nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const toFoundTicket = (
  row: FoundTicketRow,
  terms: readonly SearchTerm[],
  viewpoint: Omit<Acting, "newId">,
): FoundTicket => ({
  ticket: toSummary(row, viewpoint),
  mergedInto:
    row.mergedInto && canSee(viewpoint.actor, row.mergedInto)
      ? { id: row.mergedInto.id, number: row.mergedInto.number }
      : null,
  matches: matchesOf(row, terms),
});

function matchesOf({ title, description, comments }: FoundTicketRow, terms: readonly SearchTerm[]): Match[] {
  const inTitle = markedWhole(title, terms);
  return [
    ...(inTitle ? [{ in: "title" as const, commentId: null, ...inTitle }] : []),
    ...(description === null
      ? []
      : [{ in: "description" as const, commentId: null, ...excerptOf(description, terms) }]),
    ...comments.map(({ id, visibility, body }) => ({
      in: visibility === "public" ? ("comment" as const) : ("note" as const),
      commentId: id,
      ...excerptOf(body, terms),
    })),
  ];
}
