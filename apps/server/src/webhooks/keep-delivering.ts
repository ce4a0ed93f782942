import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "@helpdesk/db";
import type { Logger } from "pino";
import type { Desks } from "../desks.ts";
import type { Runtime } from "../runtime.ts";
import { repeat } from "../worker/repeat.ts";
import { claim } from "./claim.ts";
import { deliver } from "./deliver.ts";
import type { Destinations } from "./destination.ts";
import { fanOut } from "./fan-out.ts";
import type { SecretSeal } from "./secret.ts";

/** What delivering takes. */
export interface Delivering {
  sql: Sql;
  runtime: Runtime;
  log: Logger;
  desks: Desks;
  seal: SecretSeal;
  destinations: Destinations;
  /** Certificates that are trusted instead of those of the process, PEM. */
  ca?: string;
}

/** Attempts of one process. */
const AT_ONCE = 64;
/** Of one organization: when all its receivers hang, there are places left for the others. */
export const AT_ONCE_OF_ONE = 32;
const LOOK_EVERY_MS = 500;

/**
 * Makes deliveries of what has happened and sends them, until the function it returns is called. The rows alone say what
 * is to be sent, so a worker that dies leaves nothing undone for the others.
 */
export function keepDelivering(delivering: Delivering): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  const countOf = new Map<string, number>();
  const count = (organizationId: string, change: 1 | -1) => {
    const counted = (countOf.get(organizationId) ?? 0) + change;
    if (counted === 0) countOf.delete(organizationId);
    else countOf.set(organizationId, counted);
  };
  const placesOf = (organizationId: string) => AT_ONCE_OF_ONE - (countOf.get(organizationId) ?? 0);
  const start = (claimed: Parameters<typeof deliver>[1]) => {
    const { organizationId } = claimed;
    count(organizationId, 1);
    const sent = deliver(delivering, claimed)
      .catch((error: unknown) => delivering.log.error({ err: error }, "webhooks"))
      .finally(() => {
        underWay.delete(sent);
        count(organizationId, -1);
      });
    underWay.add(sent);
  };
  const look = async () => {
    const hasMore = await fanOut(delivering);
    if (underWay.size < AT_ONCE) (await claim(delivering, AT_ONCE - underWay.size, placesOf)).forEach(start);
    if (hasMore) return 0;
    // What follows what has arrived goes at once.
    await Promise.race([wait(LOOK_EVERY_MS, undefined, { ref: false }), ...underWay]);
    return 0;
  };
  const stop = repeat(look, delivering.log, "webhooks");
  return async () => {
    await stop();
    await Promise.all(underWay);
  };
}
