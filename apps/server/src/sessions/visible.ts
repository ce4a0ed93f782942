import { type Reader, type SessionRow, findSession } from "@helpdesk/db";
import { type Actor, refuse, supervises } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Whether the session is the actor's own, or of somebody whom they train. */
const seesSession = (ctx: { actor: Actor } & Pick<Context, "desk">, { userId }: { userId: string }) =>
  (ctx.actor.kind === "user" && ctx.actor.userId === userId) || supervises(ctx.actor, ctx.desk, userId);

/** @throws RefusalError `session.not_found`, the same whether it is missing or not for this actor. */
export async function visibleSession(ctx: Context, via: Reader, sessionId: string): Promise<SessionRow> {
  const session = await findSession.first(via, { sessionId });
  return session && seesSession(ctx, session) ? session : refuse({ code: "session.not_found" });
}
