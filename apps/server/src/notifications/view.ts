import type { NotificationRow } from "@helpdesk/db";
import { type Actor, canSee, notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const notificationSchema = z.object({
  id: idSchema,
  kind: z.enum(notificationKinds),
  /** Null where the reader does not see it any more. */
  ticket: z.object({ id: idSchema, number: z.int(), title: z.string() }).nullable(),
  /** What was assigned, where that is what it tells of. */
  assignment: z.object({ id: idSchema, scenarioKey: z.string(), title: z.string() }).nullable(),
  /** The review of one's own work, written or revised, where that is what it tells of. */
  reviewId: idSchema.nullable(),
  actor: personSchema.nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type NotificationView = z.infer<typeof notificationSchema>;

const assignedSchema = z.object({ assignmentId: idSchema, scenarioKey: z.string(), title: z.string() });

function assignmentOf({ kind, data }: NotificationRow): NotificationView["assignment"] {
  if (kind !== "training_assigned") return null;
  const { assignmentId: id, ...scenario } = assignedSchema.parse(data);
  return { id, ...scenario };
}

const reviewOf = ({ kind, data }: NotificationRow): string | null =>
  kind === "review_written" ? z.object({ reviewId: idSchema }).parse(data).reviewId : null;

export const toNotification = (row: NotificationRow, reader: Actor): NotificationView => ({
  id: row.id,
  kind: row.kind,
  ticket:
    row.ticket && canSee(reader, row.ticket)
      ? { id: row.ticket.id, number: row.ticket.number, title: row.ticket.title }
      : null,
  assignment: assignmentOf(row),
  reviewId: reviewOf(row),
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "" },
  createdAt: row.createdAt,
  readAt: row.readAt,
});
