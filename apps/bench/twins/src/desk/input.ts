import { z } from "zod";

export const ticketIdInput = z.object({ ticketId: z.uuid() });

export const listInput = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.uuid().optional(),
});

export const openInput = z.object({
  title: z.string().trim().min(1).max(300),
  description: z.string().trim().max(65_536),
  priority: z.enum(["low", "medium", "high", "urgent"]).default("medium"),
  departmentId: z.uuid().nullish(),
});

export const replyBody = z.object({ body: z.string().trim().min(1).max(65_536) });

export type ListInput = z.output<typeof listInput>;
export type OpenInput = z.output<typeof openInput>;
