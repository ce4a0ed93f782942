import { deleteLink } from "@helpdesk/db";
import { inverseOf, linkOf, unlink as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Linking, situateBoth } from "./link.ts";
import { record } from "./record.ts";
import type { TicketHeader } from "./view.ts";

/** Takes a link off both tickets; where there is none nothing happens. @throws RefusalError `ticket.not_found`. */
export const unlink = (ctx: Context, input: Linking): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { one, other, links } = await situateBoth(ctx, unit, input);
    const { relation } = input;
    const decision = decide(one, { relation, other: other.ticket, links });
    const mirrored = decide(other, { relation: inverseOf[relation], other: one.ticket, links });
    await deleteLink(unit, linkOf(relation, one.ticket.id, other.ticket.id));
    await record(ctx, unit, mirrored);
    return record(ctx, unit, decision);
  });
