import { type Actor, demand, may } from "../identity/actor.ts";
import { expectVersion } from "../refusal.ts";
import { isCustomerOf } from "./access.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import type { Desk } from "./desk.ts";
import {
  type FieldHand,
  type FieldPatch,
  type FieldValues,
  type TicketField,
  fieldChanges,
  patchFields,
} from "./fields.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Ticket } from "./ticket.ts";

/** Staff edit tickets that are not their own; on one's own everybody is a customer. */
export const handOf = (actor: Actor, ticket: Pick<Ticket, "customerId" | "ccIds">): FieldHand =>
  may(actor, "ticket.edit") && !isCustomerOf(actor, ticket) ? "staff" : "customer";

export const maySetField = (
  actor: Actor,
  ticket: Pick<Ticket, "customerId" | "ccIds">,
  { customerAccess }: Pick<TicketField, "customerAccess">,
): boolean => handOf(actor, ticket) === "staff" || (isCustomerOf(actor, ticket) && customerAccess === "edit");

/**
 * Sets fields; what is left out stays. A value that the ticket could not be opened or resolved without is not taken away.
 * @throws RefusalError `version.conflict`, `ticket.closed`, `permission.denied`, `field.invalid`.
 */
export function setFields(situation: Situation, input: { fields: FieldPatch; version: number }): Decision {
  const { ticket, actor, desk } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if (!isCustomerOf(actor, ticket)) demand(actor, "ticket.edit");
  const isResolved = ticket.resolvedAt !== null;
  const fields = patchFields(
    desk.fields,
    ticket.fields,
    input.fields,
    handOf(actor, ticket),
    ({ requiredTo }) => requiredTo === "open" || (requiredTo === "resolve" && isResolved),
  );
  return decide(situation, becoming(desk, ticket.fields, fields));
}

/** What happens when a ticket's fields become these: nothing where they are so already. */
export function becoming(desk: Desk, before: FieldValues, fields: FieldValues): Happening[] {
  const change = fieldChanges(desk.fields, before, fields);
  return Object.keys(change).length === 0 ? [] : [{ kind: "fields_changed", patch: { fields }, change }];
}
