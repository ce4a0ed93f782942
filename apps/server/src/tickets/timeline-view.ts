import type { TimelineRow } from "@helpdesk/db";
import { splitQuoted, ticketEventKinds, visibilities } from "@helpdesk/domain";
import { z } from "zod";
import { attachmentSchema } from "../attachments/view.ts";
import { rendered } from "../markdown/rendered.ts";
import { idSchema, instantSchema, personSchema, sourceSchema } from "../schemas.ts";

const labelledSchema = z.object({ id: z.string(), label: z.string() });

export const timelineEntrySchema = z.object({
  /** Without a number: its gaps would tell customers of what they do not see. */
  id: idSchema,
  /** Whose history it is of: the ticket's own, or one's that is merged into it. */
  ticket: z.object({ id: idSchema, number: z.int() }),
  kind: z.enum(ticketEventKinds),
  at: instantSchema,
  actor: personSchema.nullable(),
  /** The API key that it was done with, and whose that is: another than the actor where it acted for them. For those who see notes. */
  via: z.object({ apiKey: personSchema, owner: personSchema }).nullable(),
  changes: z.record(z.string(), z.object({ from: labelledSchema.nullable(), to: labelledSchema.nullable() })),
  /** The comment that was added or moved here; null where a split moved it on. */
  comment: z
    .object({
      id: idSchema,
      visibility: z.enum(visibilities),
      /** Nobody where the product itself wrote it. */
      author: personSchema.nullable(),
      createdAt: instantSchema,
      /** Markdown, as it was written. */
      body: z.string(),
      /** What is new in it, as HTML that is safe to show. */
      html: z.string(),
      /** The history that it quotes at its end, to be folded. */
      quotedHtml: z.string().nullable(),
      source: sourceSchema,
      /** Counts its edits; an edit names the one it read. */
      version: z.int(),
      editedAt: instantSchema.nullable(),
      mentions: z.array(personSchema),
    })
    .nullable(),
  /** The files of its comment or, where it opened the ticket, of the description. */
  attachments: z.array(attachmentSchema),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export async function toEntry({ comment, ...row }: TimelineRow): Promise<TimelineEntry> {
  if (comment === null) return { ...row, comment };
  const names = new Map(comment.mentions.map(({ id, name }) => [id, name]));
  const { text, quoted } = splitQuoted(comment.body);
  const html = await rendered(text, names);
  const quotedHtml = quoted === "" ? null : await rendered(quoted, names);
  return { ...row, comment: { ...comment, html, quotedHtml } };
}

/** How many entries of a timeline a page has; the statement fetches one more. */
const TIMELINE_PAGE = 100;

/** A page of rows that come newest first, as entries oldest first. */
export async function toTimeline(rows: TimelineRow[]): Promise<{
  timeline: TimelineEntry[];
  timelineCursor: string | null;
}> {
  const page = rows.slice(0, TIMELINE_PAGE);
  const hasOlder = rows.length > TIMELINE_PAGE;
  const timeline: TimelineEntry[] = [];
  // One after the other, so that other requests come between them.
  for (const row of page.toReversed()) timeline.push(await toEntry(row));
  return {
    timeline,
    timelineCursor: hasOlder ? page.at(-1)!.id : null,
  };
}
