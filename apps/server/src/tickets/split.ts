import {
  findCustomer,
  findTicketSummary,
  insertLink,
  listCc,
  listCommentsToMove,
  moveComments,
  writeCc,
} from "@helpdesk/db";
import { type Decision, linkOf, refuse, split as decide, splitOff } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { splitInput } from "./merge-input.ts";
import { record, recordOpening } from "./record.ts";
import { situate } from "./situate.ts";
import { giveAtOnce, holdTeam } from "./team.ts";
import type { TicketHeader } from "./view.ts";

/** Moves comments to a new ticket and answers with it. @throws RefusalError as `tickets.split` declares. */
export const split = (ctx: Context, input: z.output<typeof splitInput>): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { ticketId, version, customerId } = input;
    // People, and the team that the new ticket comes to, before tickets.
    if (customerId !== undefined && !(await findCustomer.first(unit, { userId: customerId })))
      refuse({ code: "customer.not_found" });
    const { departmentId = null } =
      input.departmentId === undefined ? ((await findTicketSummary.first(unit, { ticketId })) ?? {}) : input;
    const team = await holdTeam(ctx, unit, departmentId);
    const situation = await situate(ctx, unit, ticketId);
    const { ticket } = situation;
    const ids = [...new Set(input.commentIds)];
    const comments = await listCommentsToMove(unit, { ticketId, ids: `{${ids.join(",")}}` });
    const cc = await listCc(unit, { ticketId });
    const opening = {
      id: ctx.newId(),
      title: input.title,
      priority: input.priority ?? ticket.priority,
      source: ticket.source,
      customerId: customerId ?? ticket.customerId,
      departmentId,
    };
    const decision = decide(situation, {
      version,
      opening,
      comments,
      cc: cc.map(({ id, name }) => ({ id, label: name })),
    });
    if (comments.length < ids.length) refuse({ code: "comment.not_found" });

    const header = await recordOpening(ctx, unit, decision, input.description);
    const { at } = decision;
    const { id, ccIds } = decision.ticket;
    if (ccIds.length > 0) await writeCc(unit, { ticketId: id, userIds: JSON.stringify(ccIds), at });
    await moveComments(unit, { toTicketId: id, comments: JSON.stringify(placesIn(decision)) });
    await insertLink(unit, { ...linkOf("relates_to", ticketId, id), createdById: ctx.actor.userId, at });
    await record(ctx, unit, splitOff(situation, header, comments));
    return giveAtOnce(ctx, unit, team, { decision, header });
  });

/** Where the comments stand in the history of the new ticket. */
const placesIn = ({ events }: Decision) =>
  events.flatMap(({ commentId, sequence }) => (commentId === null ? [] : [{ id: commentId, sequence }]));
