import { findMe, listAuthSessions } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type AuthSession, type Me, toAuthSession, toMe } from "./view.ts";

/** Who one is and what one may. */
export async function getMe(ctx: Context): Promise<Me> {
  return toMe(
    (await findMe.first(ctx.read, { userId: ctx.actor.userId })) ?? refuse({ code: "auth.required" }),
  );
}

/** Where one is signed in. */
export async function listSessions(ctx: Context): Promise<AuthSession[]> {
  const { userId, authSessionId } = ctx.actor;
  const rows = await listAuthSessions(ctx.read, { userId, at: ctx.now });
  return rows.map((row) => toAuthSession(row, authSessionId));
}
