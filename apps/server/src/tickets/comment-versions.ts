import { findCommentPast } from "@helpdesk/db";
import { expectReadable, expectVisible, refuse, seesNotes } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { instantSchema, personSchema } from "../schemas.ts";

/** A text that a comment has had, who wrote it and when. */
export const commentVersionSchema = z.object({
  version: z.int(),
  body: z.string(),
  author: personSchema.nullable(),
  at: instantSchema,
});

export interface CommentVersionPage {
  items: z.infer<typeof commentVersionSchema>[];
  nextCursor: string | null;
}

/** Versions are numbered without gaps, so that a page is counted. */
const VERSIONS_PAGE = 50;

/** All texts of a comment, the newest first, for those who see notes. @throws RefusalError as `tickets.commentVersions` declares. */
export async function pageCommentVersions(
  { actor, read }: Context,
  { ticketId, commentId, cursor }: { ticketId: string; commentId: string; cursor?: string | null },
): Promise<CommentVersionPage> {
  const beforeVersion = cursor == null ? null : Number(cursor);
  const params = { ticketId, commentId, beforeVersion, limit: VERSIONS_PAGE };
  const row = expectVisible(actor, await findCommentPast.first(read, params));
  if (!seesNotes(actor, row)) refuse({ code: "permission.denied", permission: "ticket.note" });
  expectReadable({ actor, ticket: row }, row.comment ?? undefined);
  const { versions } = row;
  // A cursor is given only where something is older.
  const oldest = (versions.at(-1) ?? refuse({ code: "cursor.invalid" })).version;
  return { items: versions, nextCursor: oldest > 1 ? String(oldest) : null };
}
