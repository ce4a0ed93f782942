import { listAuthSessions } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type AuthSession, toAuthSession } from "./view.ts";

/** Where one is signed in. */
export async function listSessions(ctx: Context): Promise<AuthSession[]> {
  const { userId, authSessionId } = ctx.actor;
  const rows = await listAuthSessions(ctx.read, { userId, at: ctx.now });
  return rows.map((row) => toAuthSession(row, authSessionId));
}
