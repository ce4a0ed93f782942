import {
  type Unit,
  closePasswordLinks,
  findAuthToken,
  insertAuthToken,
  revokeAuthSessions,
  setPasswordHash,
  useAuthToken,
} from "@helpdesk/db";
import { type AuthTokenPurpose, type Instant, plusSeconds, refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import type { Jobs } from "../jobs.ts";
import { expectGoodPassword } from "./password-rule.ts";
import { readToken } from "./tokens.ts";

/** How long each kind of link works. */
const lifetimeSeconds: Record<AuthTokenPurpose, number> = {
  reset_password: 3_600,
  verify_email: 86_400,
  accept_invitation: 7 * 86_400,
};

/** Has a link made and mailed; the token itself exists from the mailing on. */
export async function requestLink(
  { jobs, newId, now }: { jobs: Jobs; newId(): string; now: Instant },
  unit: Unit,
  { userId, purpose }: { userId: string; purpose: AuthTokenPurpose },
): Promise<void> {
  const id = newId();
  await insertAuthToken(unit, {
    id,
    userId,
    purpose,
    at: now,
    expiresAt: plusSeconds(now, lifetimeSeconds[purpose]),
  });
  await jobs.enqueue(unit, "link_mail", { organizationId: unit.organizationId, authTokenId: id });
}

/**
 * Sets a password by a mailed link, once: other links and all sessions end with it.
 * @throws RefusalError `auth.link_invalid`, `auth.password_weak`.
 */
export async function setPasswordByLink(
  ctx: PublicContext,
  input: { token: string; purpose: AuthTokenPurpose; password: string; name: string | null },
): Promise<{ organization: string; email: string }> {
  const { now } = ctx;
  const { organizationId, hash } = readToken(input.token) ?? refuse({ code: "auth.link_invalid" });
  const presented = { tokenHash: hash, purpose: input.purpose, at: now };
  // Looked at first: a made-up link is not worth the work of a hash.
  const owner =
    (await findAuthToken.first(ctx.readIn(organizationId), presented)) ??
    refuse({ code: "auth.link_invalid" });
  expectGoodPassword(input.password, { ...owner, name: input.name ?? owner.name });
  const passwordHash = await ctx.request.resources.passwords.hash(input.password);
  return ctx.transactIn(organizationId, async (unit) => {
    const { userId } = (await useAuthToken.first(unit, presented)) ?? refuse({ code: "auth.link_invalid" });
    const set = await setPasswordHash.first(unit, { userId, passwordHash, name: input.name, at: now });
    if (!set) return refuse({ code: "auth.link_invalid" });
    await closePasswordLinks(unit, { userId, at: now });
    await revokeAuthSessions(unit, { userId, exceptId: null, at: now, reason: "password_changed" });
    return { organization: owner.organizationSlug, email: set.email };
  });
}
