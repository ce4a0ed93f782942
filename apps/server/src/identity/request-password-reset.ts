import { findOrganizationBySlug, noOrganization } from "@helpdesk/db";
import { mailLimit } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { countOneMore, expectWithinLimit, mailAddressSubject, mailSubject } from "./attempts.ts";

/**
 * Has a link mailed to this person, if there is one: the same statements run whether or not, and the worker looks.
 * An organization that does not exist answers, and throttles, as one that does.
 * @throws RefusalError `auth.throttled`.
 */
export async function requestPasswordReset(
  ctx: PublicContext,
  { organization: slug, email }: { organization: string; email: string },
): Promise<null> {
  const { request, now } = ctx;
  const organization = await findOrganizationBySlug.first(ctx.readIn(noOrganization), { slug });
  const subjects = [mailSubject(email), mailAddressSubject(request.ipAddress)];
  if (!organization) {
    expectWithinLimit(request.resources.strangers.count(slug, subjects, mailLimit, now), mailLimit, now);
    return null;
  }
  const counted = await ctx.transactIn(organization.id, async (unit) => {
    const counts = await countOneMore(unit, subjects, mailLimit, now);
    if (counts.every(({ count }) => count <= mailLimit.attempts)) {
      await request.resources.jobs.enqueue(unit, "password_reset_request", {
        organizationId: organization.id,
        email,
      });
    }
    return counts;
  });
  expectWithinLimit(counted, mailLimit, now);
  return null;
}
