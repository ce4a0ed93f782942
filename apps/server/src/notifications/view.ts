import type { NotificationRow } from "@helpdesk/db";
import { notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const notificationSchema = z.object({
  id: idSchema,
  kind: z.enum(notificationKinds),
  ticket: z.object({ id: idSchema, number: z.int(), title: z.string() }).nullable(),
  actor: personSchema.nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type NotificationView = z.infer<typeof notificationSchema>;

export const toNotification = (row: NotificationRow): NotificationView => ({
  id: row.id,
  kind: row.kind,
  ticket:
    row.ticketId === null ? null : { id: row.ticketId, number: row.ticketNumber!, title: row.ticketTitle! },
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? "" },
  createdAt: row.createdAt,
  readAt: row.readAt,
});
