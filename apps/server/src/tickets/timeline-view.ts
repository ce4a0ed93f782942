import type { TimelineRow } from "@helpdesk/db";
import { ticketEventKinds, visibilities } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema, sourceSchema } from "../schemas.ts";

const labelledSchema = z.object({ id: z.string(), label: z.string() });

export const timelineEntrySchema = z.object({
  /** Without a number: its gaps would tell customers of what they do not see. */
  id: idSchema,
  kind: z.enum(ticketEventKinds),
  at: instantSchema,
  actor: personSchema.nullable(),
  changes: z.record(z.string(), z.object({ from: labelledSchema.nullable(), to: labelledSchema.nullable() })),
  comment: z
    .object({
      id: idSchema,
      visibility: z.enum(visibilities),
      body: z.string(),
      source: sourceSchema,
      editedAt: instantSchema.nullable(),
    })
    .nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** How many entries of a timeline a page has; the statement fetches one more. */
const TIMELINE_PAGE = 100;

/** A page of rows that come newest first, as entries oldest first. */
export function toTimeline(rows: TimelineRow[]): {
  timeline: TimelineEntry[];
  timelineCursor: string | null;
} {
  const page = rows.slice(0, TIMELINE_PAGE);
  const hasOlder = rows.length > TIMELINE_PAGE;
  return {
    timeline: page.toReversed(),
    timelineCursor: hasOlder ? page.at(-1)!.id : null,
  };
}
