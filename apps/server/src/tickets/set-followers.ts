import { type Unit, findCandidates, listFollowers, writeFollowers } from "@helpdesk/db";
import { refuse, setFollowers as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { type PeopleChange, changed } from "./people-change.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Makes some people followers of a ticket, and others no longer. @throws RefusalError as `tickets.setFollowers` declares. */
export const setFollowers = (
  ctx: Context,
  { ticketId, ...change }: { ticketId: string } & PeopleChange,
): Promise<TicketHeader> => ctx.transact((unit) => changeFollowers(ctx, unit, ticketId, change));

/** Changes who follows a ticket, from those who do. @throws RefusalError `ticket.not_found`, `follower.not_eligible`. */
export async function changeFollowers(
  ctx: Context,
  unit: Unit,
  ticketId: string,
  change: PeopleChange,
): Promise<TicketHeader> {
  const situation = await situate(ctx, unit, ticketId);
  const before = await listFollowers(unit, { ticketId });
  const userIds = changed(before, change);
  const people = await findCandidates(unit, { userIds: `{${userIds.join(",")}}` });
  const unknown = userIds.filter((userId) => !people.some(({ id }) => id === userId));
  if (unknown.length > 0) refuse({ code: "follower.not_eligible", userIds: unknown });
  const decision = decide(situation, {
    before: before.map(({ id, name }) => ({ id, label: name })),
    after: people.map(toCandidate),
  });
  await writeFollowers(unit, { ticketId, userIds: JSON.stringify(userIds), at: decision.at });
  return record(ctx, unit, decision);
}
