import type { NotificationRow } from "@helpdesk/db";
import { type Actor, canSee, notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const notificationSchema = z.object({
  id: idSchema,
  kind: z.enum(notificationKinds),
  /** Null where the reader does not see it any more. */
  ticket: z.object({ id: idSchema, number: z.int(), title: z.string() }).nullable(),
  actor: personSchema.nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type NotificationView = z.infer<typeof notificationSchema>;

export const toNotification = (row: NotificationRow, reader: Actor): NotificationView => ({
  id: row.id,
  kind: row.kind,
  ticket:
    row.ticket && canSee(reader, row.ticket)
      ? { id: row.ticket.id, number: row.ticket.number, title: row.ticket.title }
      : null,
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "" },
  createdAt: row.createdAt,
  readAt: row.readAt,
});
