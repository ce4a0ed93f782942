import { type Unit, findCustomer } from "@helpdesk/db";
import { type UsableTemplate, demand, filledIn, openTicket, openWith, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import { attach } from "../attachments/attach.ts";
import type { ActingUser, Context } from "../context.ts";
import { useTemplate } from "../templates/use.ts";
import type { openInput } from "./input.ts";
import { recordOpening } from "./record.ts";
import { giveAtOnce, holdTeam } from "./team.ts";
import type { TicketHeader } from "./view.ts";

export type Open = z.output<typeof openInput>;

/** Opens a ticket for the actor or, with the permission, for a customer. @throws RefusalError as `tickets.open` declares. */
export function open(ctx: Context, input: Open): Promise<TicketHeader> {
  const { actor } = ctx;
  const customerId = input.customerId ?? actor.userId;
  if (customerId !== actor.userId) demand(actor, "ticket.open_for_customer");
  return ctx.transact(async (unit) => {
    if (customerId !== actor.userId) {
      const customer = await findCustomer.first(unit, { userId: customerId });
      if (!customer) refuse({ code: "customer.not_found" });
    }
    const template = input.templateId === undefined ? null : await useTemplate(ctx, unit, input.templateId);
    return openIn(ctx, unit, { ...input, customerId }, template);
  });
}

/** As `open`, in a transaction that does more, for a customer who is there. */
export async function openIn(
  ctx: ActingUser,
  unit: Unit,
  input: Open & { customerId: string },
  template: UsableTemplate | null = null,
): Promise<TicketHeader> {
  const { actor, desk, now } = ctx;
  const { description, ...opening } = filledIn(input, template);
  const { customerId, source } = input;
  const id = input.id ?? ctx.newId();
  const team = await holdTeam(ctx, unit, opening.departmentId);
  const opened = openTicket(desk, actor, now, { ...opening, id, source, customerId });
  const { tags, fields: templateFields } = template ?? { tags: [], fields: {} };
  const decision = openWith(desk, actor, opened, {
    tags,
    templateFields,
    fields: input.fields,
    canBeAsked: ctx.source !== "email",
  });
  const header = await recordOpening(ctx, unit, decision, description);
  await attach(ctx, unit, {
    attachmentIds: input.attachmentIds,
    ticketId: id,
    commentId: null,
    at: decision.at,
  });
  return giveAtOnce(ctx, unit, team, { decision, header });
}
