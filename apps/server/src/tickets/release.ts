import { type Unit, findOpenTicketsOf } from "@helpdesk/db";
import { release as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { assigneeOf, lockAll, situationOf } from "./situate.ts";

/** Takes their open tickets from a person who is locked, so that nobody gives them another: whether or not the actor sees them. */
export async function releaseTicketsOf(ctx: Context, unit: Unit, userId: string): Promise<void> {
  const open = await findOpenTicketsOf(unit, { userId });
  for (const ticket of await lockAll(
    unit,
    open.map(({ id }) => id),
  )) {
    if (ticket.assigneeId !== userId || ticket.resolvedAt !== null) continue;
    const situation = situationOf(ctx, ticket);
    await record(ctx, unit, decide(situation, assigneeOf(situation)!));
  }
}
