import { type Sql, listIdleSessions, noOrganization, read, transact } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
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
  env: { SESSION_IDLE_HOURS: number };
}

/** Gives up sessions that nobody goes on with, in every organization, each in its own transaction; any number may sweep at once. */
export async function giveUpIdle({ sql, runtime, desks, jobs, env }: Sweep): Promise<{ givenUp: number }> {
  let givenUp = 0;
  const now = runtime.now();
  const idleSince = plusSeconds(now, -env.SESSION_IDLE_HOURS * HOUR_SECONDS);
  let after = "";
  for (;;) {
    const idle = await listIdleSessions(read(sql, noOrganization), { idleSince, after, limit: BATCH });
    for (const { organizationId, id } of idle) {
      const acting: Acting = {
        actor: { kind: "system", organizationId },
        now,
        newId: runtime.newId,
        desk: await desks.of(organizationId),
        jobs,
      };
      const isGivenUp = await transact(sql, organizationId, async (unit) => {
        const inPlay = await hold(unit, id);
        // Somebody went on with it, or another worker was here.
        if (!inPlay || inPlay.session.endedAt !== null || inPlay.session.lastEventAt > idleSince)
          return false;
        await move(acting, unit, inPlay, { kind: "abandon" });
        return true;
      });
      if (isGivenUp) givenUp += 1;
    }
    const last = idle.at(-1);
    if (!last || idle.length < BATCH) return { givenUp };
    after = last.id;
  }
}
