import { type Actor, demand } from "../identity/actor.ts";

/**
 * Nobody has more told to another system than they may read themselves.
 * @throws RefusalError `permission.denied`.
 */
export function expectReach(actor: Actor, { includesNotes }: { includesNotes: boolean }): void {
  demand(actor, "ticket.read_organization");
  if (includesNotes) demand(actor, "ticket.note");
}
