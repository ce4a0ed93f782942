import { setStatus as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Moves a ticket along its graph. @throws RefusalError as `tickets.setStatus` declares. */
export const setStatus = (
  ctx: Context,
  input: { ticketId: string; status: string; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => record(ctx, unit, decide(await situate(ctx, unit, input.ticketId), input)));
