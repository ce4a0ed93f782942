import { type FieldPatch, setFields as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Sets custom fields by key; null takes a value away. @throws RefusalError as `tickets.setFields` declares. */
export const setFields = (
  ctx: Context,
  input: { ticketId: string; version: number; fields: FieldPatch },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => record(ctx, unit, decide(await situate(ctx, unit, input.ticketId), input)));
