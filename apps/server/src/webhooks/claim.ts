import {
  type ClaimedLane,
  type Sql,
  claimLanes,
  findDueWebhooks,
  noOrganization,
  read,
  takeWebhook,
  transact,
} from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

/** How long a claim holds: an attempt with all its writing is over long before. */
const CLAIM_SECONDS = 20;
/** Of one webhook, over all workers. */
const AT_ONCE = 10;
/** While nothing arrives: those who wait in vain must not take the places of others. */
const AT_ONCE_FAILING = 2;

export interface Claimed extends ClaimedLane {
  organizationId: string;
}

/**
 * Claims lanes that are due, at most `wanted`, of each webhook a fair part and of each organization at most as many as it
 * has places. Any number may claim at once.
 */
export async function claim(
  { sql, runtime }: { sql: Sql; runtime: Runtime },
  wanted: number,
  placesOf: (organizationId: string) => number = () => wanted,
): Promise<Claimed[]> {
  const webhooks = await findDueWebhooks(read(sql, noOrganization), { now: runtime.now() });
  const claimed: Claimed[] = [];
  const placesLeft = new Map<string, number>();
  // Each look begins with another one.
  const first = webhooks.length === 0 ? 0 : runtime.randomBytes(4).readUInt32BE() % webhooks.length;
  for (const { organizationId, webhookId } of [...webhooks.slice(first), ...webhooks.slice(0, first)]) {
    const left = wanted - claimed.length;
    if (left === 0) break;
    const places = placesLeft.get(organizationId) ?? placesOf(organizationId);
    const part = Math.min(left, places, Math.ceil(wanted / webhooks.length));
    if (part <= 0) continue;
    const lanes = await transact(sql, organizationId, async (unit) => {
      const webhook = await takeWebhook.first(unit, { id: webhookId });
      if (!webhook) return [];
      const [now, claimId] = [runtime.now(), runtime.newId()];
      const rows = await claimLanes(unit, {
        webhookId,
        isActive: webhook.isActive,
        claimId,
        wanted: part,
        atOnce: webhook.failingSince === null ? AT_ONCE : AT_ONCE_FAILING,
        now,
        until: plusSeconds(now, CLAIM_SECONDS),
      });
      return rows.map(({ subjectId }) => ({ organizationId, webhookId, subjectId, claimId }));
    });
    placesLeft.set(organizationId, places - lanes.length);
    claimed.push(...lanes);
  }
  return claimed;
}
