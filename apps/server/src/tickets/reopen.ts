import { reopen as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Takes a closed ticket back, with a reason. @throws RefusalError as `tickets.reopen` declares. */
export const reopen = (
  ctx: Context,
  input: { ticketId: string; reason: string; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => record(ctx, unit, decide(await situate(ctx, unit, input.ticketId), input)));
