import {
  type NextDelivery,
  type Reader,
  findTicketEvent,
  findTicketSummary,
  findTicketTexts,
} from "@helpdesk/db";
import { type Desk, type Instant, pingKind, ticketEventKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";
import { timelineEntrySchema, toEntry } from "../tickets/timeline-view.ts";
import { ticketSummarySchema, toSummary } from "../tickets/view.ts";

const commentSchema = timelineEntrySchema.shape.comment.unwrap();

/** What is sent. A field may come to it within a version; what is there stays. */
export const payloadSchema = z.object({
  apiVersion: z.literal(1),
  /** The event's: the same for all webhooks that are told of it. */
  eventId: idSchema,
  kind: z.enum([...ticketEventKinds, pingKind]),
  at: instantSchema,
  organizationId: idSchema,
  /** Numbers what happens to a ticket, without gaps for a webhook that is told of everything; 0 of a ping. */
  sequence: z.int(),
  /** The ticket as it was when this was sent for the first time; null of a ping. */
  ticket: ticketSummarySchema.extend({ description: z.string(), tags: z.array(z.string()) }).nullable(),
  /** What happened, as the ticket's timeline shows it; null of a ping. */
  entry: timelineEntrySchema
    .extend({
      /** Of a note, its texts are null but for webhooks that include notes. */
      comment: commentSchema
        .extend({
          body: z.string().nullable(),
          html: z.string().nullable(),
          quotedHtml: z.string().nullable(),
        })
        .nullable(),
    })
    .nullable(),
});
export type Payload = z.output<typeof payloadSchema>;

type Told = Pick<NextDelivery, "eventId" | "kind" | "sequence" | "eventAt" | "includesNotes"> & {
  ticketId: string;
};

/** The body of a delivery, or null where the ticket is there no more. */
export async function makePayload(
  via: Reader,
  { eventId, kind, sequence, eventAt, includesNotes, ticketId }: Told,
  { desk, now }: { desk: Desk; now: Instant },
): Promise<Payload | null> {
  const { organizationId } = via;
  const head = { apiVersion: 1, eventId, at: eventAt, organizationId, sequence } as const;
  if (kind === pingKind) return { ...head, kind: pingKind, ticket: null, entry: null };
  const [ticket, texts, line] = await Promise.all([
    findTicketSummary.first(via, { ticketId }),
    findTicketTexts.first(via, { ticketId }),
    findTicketEvent.first(via, { ticketId, sequence }),
  ]);
  if (!ticket || !texts || !line) return null;
  const actor = { kind: "system" as const, organizationId };
  const entry = await toEntry(line);
  return payloadSchema.parse({
    ...head,
    kind: line.kind,
    ticket: { ...toSummary(ticket, { actor, desk, now }), ...texts },
    entry: includesNotes ? entry : withoutNotes(entry),
  });
}

const OF_A_NOTE = /"visibility":"internal"|"kind":"attachment_removed"/;

/** A body that was made while its webhook included notes, as it is for one that does not. */
export function withoutNoteTexts(body: string): string {
  // Within texts the quotes are escaped.
  if (!OF_A_NOTE.test(body)) return body;
  const { entry, ...payload } = JSON.parse(body) as Payload & { entry: Awaited<ReturnType<typeof toEntry>> };
  return JSON.stringify({ ...payload, entry: withoutNotes(entry) });
}

/** A file that was removed may have been a note's: its name is not told either. */
function withoutNotes(entry: Awaited<ReturnType<typeof toEntry>>): Payload["entry"] {
  const changes = entry.kind === "attachment_removed" ? {} : entry.changes;
  if (entry.comment?.visibility !== "internal") return { ...entry, changes };
  const comment = { ...entry.comment, body: null, html: null, quotedHtml: null, mentions: [] };
  return { ...entry, changes, comment, attachments: [] };
}
