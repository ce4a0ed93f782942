import { type Actor, may } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import { refuse } from "../refusal.ts";
import type { Ticket } from "./ticket.ts";

/** How far an actor's sight goes. Lists are scoped in SQL by the same four words. */
export type TicketScope = "organization" | "departments" | "own" | "none";

/** Each lets see some tickets. */
export const ticketReaders = [
  "ticket.read_own",
  "ticket.read_departments",
  "ticket.read_organization",
] as const satisfies Permission[];

export function ticketScope(actor: Actor): TicketScope {
  if (may(actor, "ticket.read_organization")) return "organization";
  if (may(actor, "ticket.read_departments")) return "departments";
  return may(actor, "ticket.read_own") ? "own" : "none";
}

/** What tells who may see a ticket. */
export type Belonging = Pick<Ticket, "customerId" | "ccIds" | "assigneeId" | "departmentId">;

export function canSee(actor: Actor, ticket: Belonging): boolean {
  const scope = ticketScope(actor);
  if (scope === "organization") return true;
  if (scope === "none" || actor.kind === "system") return false;
  if (isOnCustomersSide(actor.userId, ticket)) return true;
  if (scope === "own") return false;
  return (
    ticket.assigneeId === actor.userId ||
    ticket.departmentId === null ||
    actor.departmentIds.has(ticket.departmentId)
  );
}

/** @throws RefusalError `ticket.not_found`, the same whether the ticket is missing or not for this actor. */
export function expectVisible<T extends Belonging>(actor: Actor, ticket: T | undefined): T {
  return ticket && canSee(actor, ticket) ? ticket : refuse({ code: "ticket.not_found" });
}

export type CustomersSide = Pick<Ticket, "customerId" | "ccIds">;

/** The ticket's customer, or a person in copy. */
export const isOnCustomersSide = (userId: string, { customerId, ccIds }: CustomersSide): boolean =>
  userId === customerId || ccIds.includes(userId);

/** Whether the actor writes as a customer of this ticket, whatever their role. */
export const isCustomerOf = (actor: Actor, ticket: CustomersSide): boolean =>
  actor.kind === "user" && isOnCustomersSide(actor.userId, ticket);

/** Internal notes are for those who may write them, and never for the customer's side of the ticket. */
export const seesNotes = (actor: Actor, ticket: CustomersSide): boolean =>
  may(actor, "ticket.note") && !isCustomerOf(actor, ticket);
