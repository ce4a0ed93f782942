import { type Unit, findCandidates, listCc, writeCc } from "@helpdesk/db";
import { refuse, setCc as decide } from "@helpdesk/domain";
import type { Acting, Context } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { type PeopleChange, changed } from "./people-change.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Puts some customers in copy of a ticket, and others no longer. @throws RefusalError as `tickets.setCc` declares. */
export const setCc = (
  ctx: Context,
  { ticketId, ...change }: { ticketId: string } & PeopleChange,
): Promise<TicketHeader> => ctx.transact((unit) => setCcIn(ctx, unit, ticketId, change));

/** As `setCc`, in a transaction that does more. */
export async function setCcIn(
  ctx: Acting,
  unit: Unit,
  ticketId: string,
  change: PeopleChange,
): Promise<TicketHeader> {
  const situation = await situate(ctx, unit, ticketId);
  const before = await listCc(unit, { ticketId });
  const userIds = changed(before, change);
  const people = await findCandidates(unit, { userIds: `{${userIds.join(",")}}` });
  const unknown = userIds.filter((userId) => !people.some(({ id }) => id === userId));
  if (unknown.length > 0) refuse({ code: "cc.not_eligible", userIds: unknown });
  const decision = decide(situation, {
    before: before.map(({ id, name }) => ({ id, label: name })),
    after: people.map(toCandidate),
  });
  await writeCc(unit, { ticketId, userIds: JSON.stringify(userIds), at: decision.at });
  return record(ctx, unit, decision);
}
