import { type LockedTicket, giveRating, holdTicket, lockTicket } from "@helpdesk/db";
import { type RatingScore, type UserActor, receiveRating, refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { record } from "../tickets/record.ts";
import { situationOf } from "../tickets/situate.ts";
import { presented } from "./presented.ts";

/** The customer as whoever has the mailed link: there is nothing else that they may do by it. */
const holderOf = (organizationId: string, userId: string): UserActor => ({
  kind: "user",
  userId,
  organizationId,
  roleKey: "customer",
  permissions: new Set(),
  departmentIds: new Set(),
  authSessionId: null,
  via: null,
});

/** Rates a resolution by its mailed link, once. @throws RefusalError as `ratings.rate` declares. */
export async function rate(
  ctx: PublicContext,
  { token, score, comment }: { token: string; score: RatingScore; comment: string | null },
): Promise<null> {
  const { organizationId, tokenHash, asked } = await presented(ctx, token);
  const { desks, jobs } = ctx.request.resources;
  const { now, newId } = ctx;
  const actor = holderOf(organizationId, asked.customerId);
  const acting = { actor, now, newId, jobs, desk: await desks.of(organizationId) };
  const { ticketId } = asked;
  return ctx.transactIn(organizationId, async (unit) => {
    // Sent one after the other in one round trip.
    const [, ticket] = await Promise.all([
      holdTicket(unit, { ticketId }),
      lockTicket.first(unit, { ticketId }),
    ]);
    const given = await giveRating.first(unit, { id: asked.id, tokenHash, score, comment, at: now });
    if (!given) return refuse({ code: "rating.already_given" });
    const situation = situationOf(acting, ticket as LockedTicket);
    await record(acting, unit, receiveRating(situation, { score, comment }));
    return null;
  });
}
