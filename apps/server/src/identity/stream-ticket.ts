import { insertStreamTicket, takeStreamTicket, transact } from "@helpdesk/db";
import { type UserActor, plusSeconds } from "@helpdesk/domain";
import type { Context, Resources } from "../context.ts";
import { makeToken, readToken } from "./tokens.ts";

/** From asking for a ticket to opening the stream. */
const LIFETIME_SECONDS = 60;

/** Opens one stream of the caller's, for those who cannot send a header. */
export const giveStreamTicket = (ctx: Context): Promise<{ ticket: string }> =>
  ctx.transact(async (unit) => {
    const { actor, now } = ctx;
    const { token: ticket, hash: ticketHash } = makeToken(
      ctx.request.resources.runtime,
      actor.organizationId,
    );
    await insertStreamTicket(unit, {
      id: ctx.newId(),
      userId: actor.userId,
      ticketHash,
      authSessionId: actor.authSessionId,
      secretId: actor.via?.secretId ?? null,
      expiresAt: plusSeconds(now, LIFETIME_SECONDS),
    });
    return { ticket };
  });

/** Uses a ticket up. Null for one that is made up, used or too old, and where whom it was given to is not let in any more. */
export async function actorOfStreamTicket(
  { sql, runtime, principals }: Pick<Resources, "sql" | "runtime" | "principals">,
  ticket: string,
): Promise<UserActor | null> {
  const known = readToken(ticket);
  if (!known) return null;
  const { organizationId, hash: ticketHash } = known;
  const holder = await transact(sql, organizationId, (unit) =>
    takeStreamTicket.first(unit, { ticketHash, now: runtime.now() }),
  );
  if (!holder) return null;
  const { userId, authSessionId, secretId } = holder;
  const via = secretId === null ? null : { secretId };
  return principals.actorBehind({ organizationId, userId, authSessionId, via });
}
