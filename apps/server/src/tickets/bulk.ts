import { type LockedTicket, holdCandidate } from "@helpdesk/db";
import { type Refusal, RefusalError, applyBundle, expectVisible } from "@helpdesk/domain";
import { z } from "zod";
import type { Acting, Context } from "../context.ts";
import { idSchema } from "../schemas.ts";
import { type Changes, type PreparedChanges, changeFields, prepareChanges } from "./changes.ts";
import { record } from "./record.ts";
import { lockAll, situationOf } from "./situate.ts";
import { ticketHeaderSchema } from "./view.ts";

export const bulkInput = z.strictObject({
  ticketIds: z.array(idSchema).min(1).max(100),
  /** What each of the tickets is to be, whatever it was: no version is named. */
  change: z
    .strictObject(changeFields)
    .refine((change) => Object.values(change).some((value) => value !== undefined), "changes nothing"),
});

export const bulkSchema = z.array(
  z.discriminatedUnion("outcome", [
    z.object({ ticketId: idSchema, outcome: z.literal("ok"), ticket: ticketHeaderSchema }),
    z.object({ ticketId: idSchema, outcome: z.literal("refused"), refusal: z.custom<Refusal>() }),
  ]),
);
export type BulkResult = z.output<typeof bulkSchema>[number];

/** Changes many tickets, each as a whole or not at all; one that is refused keeps none of the others. @throws RefusalError as `tickets.bulk` declares. */
export const bulk = (ctx: Context, input: { ticketIds: string[]; change: Changes }): Promise<BulkResult[]> =>
  ctx.transact(async (unit) => {
    const ticketIds = [...new Set(input.ticketIds)];
    if (input.change.assigneeId != null) await holdCandidate(unit, { userId: input.change.assigneeId });
    const locked = await lockAll(unit, ticketIds);
    const changes = await prepareChanges(ctx, unit, input.change, locked);
    // Sent without waiting for each other's answers: others wait for these locks.
    return Promise.all(
      ticketIds.map(async (ticketId): Promise<BulkResult> => {
        const ticket = locked.find(({ id }) => id === ticketId);
        const decided = decideOne(ctx, ticket, changes);
        return "code" in decided
          ? { ticketId, outcome: "refused", refusal: decided }
          : { ticketId, outcome: "ok", ticket: await record(ctx, unit, decided) };
      }),
    );
  });

/** A refusal comes before anything of the ticket is written, so that it stays the ticket's own. */
function decideOne(ctx: Acting, ticket: LockedTicket | undefined, { bundle, holderOf }: PreparedChanges) {
  try {
    const situation = situationOf(ctx, expectVisible(ctx.actor, ticket));
    return applyBundle(situation, bundle, holderOf(situation.ticket));
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}
