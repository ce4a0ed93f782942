import { changePasswordHash, closePasswordLinks, findCredential, revokeAuthSessions } from "@helpdesk/db";
import { expectInPerson, refuse, signInLimit } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { accountSubject, countOneMore, expectAttemptsLeft, expectWithinLimit } from "./attempts.ts";
import { expectGoodPassword } from "./password-rule.ts";

/**
 * Changes one's own password and ends one's other sessions. Wrong current passwords count as failed sign-ins.
 * @throws RefusalError `auth.password_incorrect`, `auth.password_weak`, `auth.throttled`, `auth.session_required`.
 */
export async function changePassword(
  ctx: Context,
  input: { currentPassword: string; newPassword: string },
): Promise<null> {
  const { actor, now } = ctx;
  const { passwords } = ctx.request.resources;
  const { userId } = actor;
  const authSessionId = expectInPerson(actor);
  const credential = (await findCredential.first(ctx.read, { userId })) ?? refuse({ code: "auth.required" });
  const subjects = [accountSubject(credential.email)];
  await expectAttemptsLeft(ctx.read, subjects, signInLimit, now);
  const from = credential.passwordHash;
  if (!(await passwords.verify(input.currentPassword, from)) || from === null) {
    expectWithinLimit(
      await ctx.transactApart((unit) => countOneMore(unit, subjects, signInLimit, now)),
      signInLimit,
      now,
    );
    return refuse({ code: "auth.password_incorrect" });
  }
  expectGoodPassword(input.newPassword, credential);
  const to = await passwords.hash(input.newPassword);
  return ctx.transact(async (unit) => {
    await expectAttemptsLeft(unit, subjects, signInLimit, now);
    const changed = await changePasswordHash.first(unit, { userId, from, to, at: now });
    if (!changed) return refuse({ code: "auth.password_incorrect" });
    await closePasswordLinks(unit, { userId, at: now });
    // After the update in a statement of its own: it sees the sessions that signed in before and waited for nothing.
    await revokeAuthSessions(unit, {
      userId,
      exceptId: authSessionId,
      at: now,
      reason: "password_changed",
    });
    return null;
  });
}
