import { type AskedRating, findAttempts, findOrganization, findRating } from "@helpdesk/db";
import { ratingLimit, refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { countOneMore, expectFewer, expectWithinLimit, ratingSubject } from "../identity/attempts.ts";
import { readToken } from "../identity/tokens.ts";

export interface Presented {
  organizationId: string;
  tokenHash: string;
  asked: AskedRating;
}

/**
 * What a mailed link asks about, still open. Who tries links that nobody was mailed is soon refused, by their address.
 * @throws RefusalError `auth.throttled`, `rating.not_found`, `rating.already_given`, `rating.expired`.
 */
export async function presented(ctx: PublicContext, token: string): Promise<Presented> {
  const { now, request } = ctx;
  const { organizationId, hash } = readToken(token) ?? refuse({ code: "rating.not_found" });
  const { strangers } = request.resources;
  const reader = ctx.readIn(organizationId);
  const subjects = [ratingSubject(request.ipAddress)];
  const known = [
    ...(await findAttempts(reader, { subjects: JSON.stringify(subjects) })),
    ...strangers.of(organizationId, subjects),
  ];
  expectFewer(known, ratingLimit, ratingLimit.attempts, now);
  const asked = await findRating.first(reader, { tokenHash: hash });
  if (!asked) {
    const isThere = (await findOrganization.first(reader)) !== undefined;
    const counted = isThere
      ? await ctx.transactIn(organizationId, (unit) => countOneMore(unit, subjects, ratingLimit, now))
      : strangers.count(organizationId, subjects, ratingLimit, now);
    expectWithinLimit(counted, ratingLimit, now);
    return refuse({ code: "rating.not_found" });
  }
  if (asked.ratedAt !== null) refuse({ code: "rating.already_given" });
  if (asked.expiresAt <= now) refuse({ code: "rating.expired" });
  return { organizationId, tokenHash: hash, asked };
}
