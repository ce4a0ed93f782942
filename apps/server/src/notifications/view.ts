import type { NotificationRow } from "@helpdesk/db";
import { type Actor, canSee, notificationKinds, webhookStops } from "@helpdesk/domain";
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
  /** The webhook that was switched off and why, where that is what it tells of. */
  webhook: z.object({ id: idSchema, name: z.string(), stop: z.enum(webhookStops) }).nullable(),
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

const stoppedSchema = z.object({ webhookId: idSchema, name: z.string(), stop: z.enum(webhookStops) });

function webhookOf({ kind, data }: NotificationRow): NotificationView["webhook"] {
  if (kind !== "webhook_stopped") return null;
  const { webhookId: id, ...webhook } = stoppedSchema.parse(data);
  return { id, ...webhook };
}

export const toNotification = (row: NotificationRow, reader: Actor): NotificationView => ({
  id: row.id,
  kind: row.kind,
  ticket:
    row.ticket && canSee(reader, row.ticket)
      ? { id: row.ticket.id, number: row.ticket.number, title: row.ticket.title }
      : null,
  assignment: assignmentOf(row),
  reviewId: reviewOf(row),
  webhook: webhookOf(row),
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "" },
  createdAt: row.createdAt,
  readAt: row.readAt,
});
