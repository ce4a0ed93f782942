import { type Reader, type SessionRow, findSimulatedTicket, listSessionEvents } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { toLogged } from "./logged.ts";
import { sessionNow } from "./play.ts";
import { playableOf } from "./playable.ts";
import { type SessionView, toSession } from "./view.ts";
import { visibleSession } from "./visible.ts";

/** A session as its screen shows it. @throws RefusalError `session.not_found`. */
export const get = async (ctx: Context, { sessionId }: { sessionId: string }): Promise<SessionView> =>
  showSession(ctx, ctx.read, await visibleSession(ctx, ctx.read, sessionId));

export async function showSession(ctx: Context, via: Reader, session: SessionRow): Promise<SessionView> {
  const { id: sessionId, ticketId } = session;
  const [{ scenario }, rows, ticket] = await Promise.all([
    playableOf(via, session),
    listSessionEvents(via, { sessionId }),
    findSimulatedTicket.first(via, { ticketId }),
  ]);
  // What has ended stands still.
  const now = session.endedAt ?? sessionNow(session, ctx.now);
  return toSession(ctx, { session, scenario, log: rows.map(toLogged), ticket: ticket!, now });
}
