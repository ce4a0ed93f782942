import { type SessionRow, type Unit, archiveSimulatedTicket, lockSimulatedTicket } from "@helpdesk/db";
import { type SessionEvent, later, onStage, simulatedCustomer, stageEvent } from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import { record } from "../tickets/record.ts";
import { situationOf } from "../tickets/situate.ts";

/** Has a session's ticket go through its events by the production rules, at their instants. */
export async function act(
  ctx: Acting,
  unit: Unit,
  session: SessionRow,
  events: readonly SessionEvent[],
): Promise<void> {
  const { ticketId } = session;
  if (!events.some(({ kind }) => felt.includes(kind))) return;
  const ticket = await lockSimulatedTicket.first(unit, { ticketId });
  if (!ticket) throw new Error("The session has no ticket.");
  const actor = ctx.actor.kind === "user" ? onStage(ctx.actor) : ctx.actor;
  const customer = simulatedCustomer(unit.organizationId, ticket.customerId);
  const trainee = { id: session.userId, label: session.userName };
  let situation = { ...situationOf({ ...ctx, actor }, ticket), newId: ctx.newId, customer, trainee };
  for (const event of events) {
    const at = later(event.at, ticket.lastEventAt);
    const decision = stageEvent({ ...situation, at }, event);
    if (!decision) continue;
    const by = event.kind === "customer_said" ? customer : actor;
    await record({ ...ctx, actor: by, now: at }, unit, decision);
    const { ticket: after, cycles, categories } = decision;
    situation = { ...situation, ticket: { ...ticket, ...after }, cycles, categories };
  }
  if (events.some(({ kind }) => unsolved.includes(kind)))
    await archiveSimulatedTicket(unit, { ticketId, at: later(events.at(-1)!.at, ticket.lastEventAt) });
}

/** Ends that leave the ticket open: nobody will go on with it. */
const unsolved: readonly SessionEvent["kind"][] = ["escalated", "abandoned"];

/** What the ticket notices; the other events leave it as it is. */
const felt: readonly SessionEvent["kind"][] = [
  "trainee_said",
  "customer_said",
  "note_written",
  "resolved",
  "refused",
  "escalated",
  "abandoned",
];
