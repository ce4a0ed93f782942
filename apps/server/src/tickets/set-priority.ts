import { type Priority, setPriority as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Changes the priority, and with it the promise. @throws RefusalError as `tickets.setPriority` declares. */
export const setPriority = (
  ctx: Context,
  input: { ticketId: string; priority: Priority; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => record(ctx, unit, decide(await situate(ctx, unit, input.ticketId), input)));
