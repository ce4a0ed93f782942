import { findCustomer } from "@helpdesk/db";
import { type Priority, type Source, demand, openTicket, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { recordOpening } from "./record.ts";
import type { TicketHeader } from "./view.ts";

export interface Open {
  id?: string;
  title: string;
  description: string;
  priority: Priority;
  departmentId?: string | null;
  customerId?: string;
  source: Source;
}

/** Opens a ticket for the actor or, with the permission, for a customer. @throws RefusalError as `tickets.open` declares. */
export function open(ctx: Context, input: Open): Promise<TicketHeader> {
  const { actor, desk, now } = ctx;
  const customerId = input.customerId ?? actor.userId;
  if (customerId !== actor.userId) demand(actor, "ticket.open_for_customer");
  return ctx.transact(async (unit) => {
    if (customerId !== actor.userId) {
      const customer = await findCustomer.first(unit, { userId: customerId });
      if (!customer) refuse({ code: "customer.not_found" });
    }
    const { title, priority, source, departmentId = null } = input;
    const id = input.id ?? ctx.newId();
    const decision = openTicket(desk, actor, now, { id, title, priority, source, customerId, departmentId });
    return recordOpening(ctx, unit, decision, input.description);
  });
}
