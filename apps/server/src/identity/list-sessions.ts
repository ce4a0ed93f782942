import { listAuthSessions } from "@helpdesk/db";
import { expectInPerson } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type AuthSession, toAuthSession } from "./view.ts";

/** Where one is signed in. @throws RefusalError `auth.session_required`. */
export async function listSessions(ctx: Context): Promise<AuthSession[]> {
  const authSessionId = expectInPerson(ctx.actor);
  const { userId } = ctx.actor;
  const rows = await listAuthSessions(ctx.read, { userId, at: ctx.now });
  return rows.map((row) => toAuthSession(row, authSessionId));
}
