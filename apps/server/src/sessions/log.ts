import { listSessionEvents } from "@helpdesk/db";
import { brokenAt, castRoles, refuse, sessionEventSchema } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { sha256 } from "../identity/tokens.ts";
import { idSchema } from "../schemas.ts";
import { toLogged } from "./logged.ts";
import { visibleSession } from "./visible.ts";

/** A session as `helpdesk scenario grade` reads it: anybody can compute its score again, offline. */
export const logSchema = z.object({
  sessionId: idSchema,
  /** The trainee. */
  userId: idSchema,
  attempt: z.int(),
  isVirtual: z.boolean(),
  /** The scenario's key and version, and the digest of its definition. */
  scenario: z.string(),
  version: z.int(),
  definitionHash: z.string(),
  castId: z.string(),
  castRole: z.enum(castRoles),
  seed: z.string(),
  events: z.array(sessionEventSchema),
  /** The hash of each event, over all before it, and who did it where it was not the trainee. */
  chain: z.array(z.object({ hash: z.string(), actorId: idSchema.nullable() })),
  /** The first event that is not as it was written; null where all are. */
  brokenAt: z.int().nullable(),
});
export type LogView = z.output<typeof logSchema>;

/** The log of a session that has ended. @throws RefusalError `session.not_found`, `session.not_ended`. */
export async function log(ctx: Context, { sessionId }: { sessionId: string }): Promise<LogView> {
  const session = await visibleSession(ctx, ctx.read, sessionId);
  if (session.endedAt === null) refuse({ code: "session.not_ended" });
  const all = (await listSessionEvents(ctx.read, { sessionId })).map(toLogged);
  const { userId, attempt, isVirtual, definitionHash, castId, castRole, seed } = session;
  const pin = { sessionId, userId, attempt, isVirtual, definitionHash, castId, seed };
  return {
    ...pin,
    scenario: session.scenarioKey,
    version: session.scenarioRevision,
    castRole,
    events: all.map(({ event }) => event),
    chain: all.map(({ hash, actorId }) => ({ hash, actorId })),
    brokenAt: brokenAt(sha256, pin, all),
  };
}
