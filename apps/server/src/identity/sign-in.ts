import {
  findAttempts,
  findOrganizationBySlug,
  findSignIn,
  insertAuthSession,
  noOrganization,
} from "@helpdesk/db";
import { plusSeconds, refuse, signInLimit } from "@helpdesk/domain";
import type { z } from "zod";
import type { PublicContext } from "../context.ts";
import { accountSubject, addressSubject, countOneMore, expectFewer, expectWithinLimit } from "./attempts.ts";
import { grant } from "./grant.ts";
import type { signInInput } from "./input.ts";
import { makeToken } from "./tokens.ts";
import type { Grant } from "./view.ts";

const DAY_SECONDS = 86_400;

/**
 * Opens an auth session. Whatever is wrong, the work and the answer are the same: organization, e-mail, password,
 * deactivation or an open invitation. Attempts that run at once cannot get around the limit: each looks again before it answers.
 * @throws RefusalError `auth.invalid_credentials`, `auth.throttled`.
 */
export async function signIn(ctx: PublicContext, input: z.output<typeof signInInput>): Promise<Grant> {
  const { request, now } = ctx;
  const { env, passwords, runtime, strangers } = request.resources;
  const organization = await findOrganizationBySlug.first(ctx.readIn(noOrganization), {
    slug: input.organization,
  });
  const organizationId = organization?.id ?? noOrganization;
  const reader = ctx.readIn(organizationId);
  const account = accountSubject(input.email);
  const subjects = [account, addressSubject(request.ipAddress)];
  const known = organization
    ? await findAttempts(reader, { subjects: JSON.stringify(subjects) })
    : strangers.of(input.organization, subjects);
  expectFewer(known, signInLimit, signInLimit.attempts, now);

  const person = await findSignIn.first(reader, { email: input.email });
  const isRight = await passwords.verify(input.password, person?.passwordHash ?? null);
  if (!isRight || !person?.passwordHash) {
    const counted = organization
      ? await ctx.transactIn(organizationId, (unit) => countOneMore(unit, subjects, signInLimit, now))
      : strangers.count(input.organization, subjects, signInLimit, now);
    expectWithinLimit(counted, signInLimit, now);
    return refuse({ code: "auth.invalid_credentials" });
  }

  const { userId, passwordHash } = person;
  const authSessionId = ctx.newId();
  const { token: refreshToken, hash: tokenHash } = makeToken(runtime, organizationId);
  return ctx.transactIn(organizationId, async (unit) => {
    const counted = await findAttempts(unit, { subjects: JSON.stringify(subjects) });
    expectFewer(counted, signInLimit, signInLimit.attempts, now);
    const opened = await insertAuthSession.first(unit, {
      authSessionId,
      userId,
      passwordHash,
      refreshTokenId: ctx.newId(),
      tokenHash,
      at: now,
      expiresAt: plusSeconds(now, env.AUTH_SESSION_DAYS * DAY_SECONDS),
      userAgent: request.userAgent,
      ipAddress: request.ipAddress,
      accountSubject: account,
    });
    if (!opened) return refuse({ code: "auth.invalid_credentials" });
    return grant(request.resources, unit, { userId, authSessionId, refreshToken }, now);
  });
}
