import { findMacro } from "@helpdesk/db";
import { applyBundle, demand, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldMacro } from "../macros/held.ts";
import { isUsable } from "../macros/list.ts";
import { heldCandidate } from "./candidate.ts";
import { prepareChanges } from "./changes.ts";
import { mentionedBy } from "./mentioned.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

interface ApplyMacro {
  ticketId: string;
  version: number;
  macroId: string;
  commentId?: string;
}

/** Does all that a macro says as one act. @throws RefusalError as `tickets.applyMacro` declares. */
export const applyMacro = (ctx: Context, input: ApplyMacro): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { actor } = ctx;
    const row = await findMacro.first(unit, { id: input.macroId });
    if (!row || !isUsable(actor, row)) return refuse({ code: "macro.not_found" });
    const { take, reply, note, ...changes } = (await heldMacro(unit, row)).actions;
    const taker = take && (await heldCandidate(unit, actor.userId));
    if (changes.assigneeId != null) await heldCandidate(unit, changes.assigneeId);
    const situation = await situate(ctx, unit, input.ticketId);
    expectVersion(situation.ticket, input.version);
    if (reply !== undefined) demand(actor, "ticket.reply");
    if (note !== undefined) demand(actor, "ticket.note");
    if (take) demand(actor, "ticket.take");
    const { bundle, holderOf } = await prepareChanges(ctx, unit, changes, [situation.ticket]);
    const body = reply ?? note;
    const decision = applyBundle(
      situation,
      {
        ...bundle,
        taker,
        comment:
          body === undefined
            ? undefined
            : {
                commentId: input.commentId ?? ctx.newId(),
                visibility: reply === undefined ? "internal" : "public",
                body,
                mentioned: await mentionedBy(unit, situation, body),
              },
      },
      holderOf(situation.ticket),
    );
    return record(ctx, unit, decision);
  });
