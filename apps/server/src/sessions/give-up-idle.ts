import { type Sql, beforeFirst, listIdleSessions, noOrganization, read, transact } from "@helpdesk/db";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { hold, move } from "./play.ts";

const HOUR_SECONDS = 3_600;
const BATCH = 100;

interface Sweep {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  jobs: Jobs;
  log: Logger;
  env: { SESSION_IDLE_HOURS: number };
}

/** Gives up sessions that nobody goes on with, in every organization, each in its own transaction; any number may sweep at once. */
export async function giveUpIdle(sweep: Sweep): Promise<{ givenUp: number }> {
  const { sql, runtime, log, env } = sweep;
  let givenUp = 0;
  const now = runtime.now();
  const idleSince = plusSeconds(now, -env.SESSION_IDLE_HOURS * HOUR_SECONDS);
  let after = beforeFirst;
  for (;;) {
    const idle = await listIdleSessions(read(sql, noOrganization), { ...after, idleSince, limit: BATCH });
    for (const { organizationId, id } of idle) {
      try {
        if (await giveUp(sweep, { organizationId, id, now, idleSince })) givenUp += 1;
      } catch (error) {
        // One that cannot be read keeps nobody else's.
        log.error({ err: error, organizationId, sessionId: id }, "an idle session was not given up");
      }
    }
    const last = idle.at(-1);
    if (!last || idle.length < BATCH) return { givenUp };
    after = { afterOrganizationId: last.organizationId, afterId: last.id };
  }
}

interface Idle {
  organizationId: string;
  id: string;
  now: Instant;
  idleSince: Instant;
}

async function giveUp(
  { sql, runtime, desks, jobs }: Sweep,
  { organizationId, id, now, idleSince }: Idle,
): Promise<boolean> {
  const acting: Acting = {
    actor: { kind: "system", organizationId },
    now,
    newId: runtime.newId,
    desk: await desks.of(organizationId),
    jobs,
  };
  return transact(sql, organizationId, async (unit) => {
    const inPlay = await hold(unit, id);
    // Somebody went on with it, or another worker was here.
    if (!inPlay || inPlay.session.endedAt !== null || inPlay.session.lastEventAt > idleSince) return false;
    await move(acting, unit, inPlay, { kind: "abandon" });
    return true;
  });
}
