import {
  type Sql,
  type Unit,
  holdResolvedTickets,
  listClosingOrganizations,
  lockTickets,
  noOrganization,
  read,
  transact,
} from "@helpdesk/db";
import { closeResolved as decide, plusSeconds } from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { record } from "./record.ts";
import { situationOf } from "./situate.ts";

const DAY_SECONDS = 86_400;
const BATCH = 50;

interface Sweep {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  jobs: Jobs;
}

/** Closes what has been resolved long enough in every organization, in small transactions; any number may sweep at once. */
export async function closeResolved({ sql, runtime, desks, jobs }: Sweep): Promise<{ closed: number }> {
  let closed = 0;
  for (const { id, autoCloseAfterDays } of await listClosingOrganizations(read(sql, noOrganization))) {
    const acting: Acting = {
      actor: { kind: "system", organizationId: id },
      now: runtime.now(),
      newId: runtime.newId,
      desk: await desks.of(id),
      jobs,
    };
    let batch: number;
    do {
      batch = await transact(sql, id, (unit) => closeBatch(acting, unit, autoCloseAfterDays));
      closed += batch;
    } while (batch > 0);
  }
  return { closed };
}

async function closeBatch(acting: Acting, unit: Unit, afterDays: number): Promise<number> {
  const { statuses } = acting.desk;
  const closable = statuses.statuses.filter(
    (status) => status.category === "resolved" && statuses.firstAllowedIn(status, "closed"),
  );
  const held = await holdResolvedTickets(unit, {
    resolvedBy: plusSeconds(acting.now, -afterDays * DAY_SECONDS),
    statusIds: `{${closable.map(({ id }) => id).join(",")}}`,
    limit: BATCH,
  });
  if (held.length === 0) return 0;
  const tickets = await lockTickets(unit, { ids: `{${held.map(({ id }) => id).join(",")}}` });
  let closed = 0;
  for (const ticket of tickets) {
    const decision = decide(situationOf(acting, ticket), { afterDays });
    await record(acting, unit, decision);
    if (decision.ticket.closedAt !== null) closed++;
  }
  return closed;
}
