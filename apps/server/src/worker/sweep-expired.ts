import { type Sql, noOrganization, sweepSize, sweeps, transact } from "@helpdesk/db";
import { type Instant, plusSeconds, signInLimit } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

const DAY_SECONDS = 86_400;

/** How long each thing is kept after its end. */
const keptSeconds: Record<keyof typeof sweeps, number> = {
  authSessions: 30 * DAY_SECONDS,
  streamTickets: 0,
  notifications: 180 * DAY_SECONDS,
  // As long as a view's stream can be taken up again.
  events: 3 * DAY_SECONDS,
  authTokens: 7 * DAY_SECONDS,
  ticketRatings: 90 * DAY_SECONDS,
  ticketPresence: 0,
  articleViews: 31 * DAY_SECONDS,
  webhookDeliveries: 30 * DAY_SECONDS,
  // After the last of its deliveries.
  webhooks: 31 * DAY_SECONDS,
  // A little longer: a call that found its key taken reads what is stored there.
  idempotencyKeys: 60,
  signInAttempts: signInLimit.windowSeconds,
};

/** Deletes what ended long enough ago, over all organizations, in small transactions. Returns how many rows of each. */
export async function sweepExpired({
  sql,
  runtime,
}: {
  sql: Sql;
  runtime: Runtime;
}): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const [name, sweep] of Object.entries(sweeps)) {
    const before: Instant = plusSeconds(runtime.now(), -keptSeconds[name as keyof typeof sweeps]);
    let batch: number;
    removed[name] = 0;
    do {
      batch = (await transact(sql, noOrganization, (unit) => sweep(unit, { before }))).length;
      removed[name] += batch;
    } while (batch === sweepSize);
  }
  return removed;
}
