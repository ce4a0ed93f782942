import {
  type NextDelivery,
  type Unit,
  Unavailable,
  dropLane,
  endLane,
  findNextDelivery,
  insertAttempt,
  listWebhookManagers,
  lockLane,
  lockWebhook,
  read,
  releaseLane,
  setFailingSince,
  stopWebhook,
  tellOfStop,
  transact,
} from "@helpdesk/db";
import {
  type Instant,
  type WebhookStop,
  pingKind,
  readRetryAfter,
  retryAt,
  stopAfter,
} from "@helpdesk/domain";
import { attempt } from "./attempt.ts";
import type { Claimed } from "./claim.ts";
import type { Delivering } from "./keep-delivering.ts";
import type { Posted } from "./post.ts";

/** Sends the first delivery of a claimed lane once, and writes what came of it. */
export async function deliver(delivering: Delivering, claimed: Claimed): Promise<void> {
  const { sql, runtime, log } = delivering;
  const via = read(sql, claimed.organizationId);
  const delivery = await findNextDelivery.first(via, claimed);
  if (!delivery) {
    await transact(sql, claimed.organizationId, async (unit) => {
      // What was made a moment ago is seen only by a statement that begins with the lock held.
      if (await lockLane.first(unit, claimed)) await endLane(unit, claimed);
    });
    return;
  }
  const at = runtime.now();
  const startedMs = runtime.monotonicMs();
  const posted = await attempt(delivering, via, claimed, delivery).catch((error: unknown): Posted => {
    // The claim runs out, and then somebody tries again.
    if (error instanceof Unavailable) throw error;
    log.error({ err: error, organizationId: claimed.organizationId, deliveryId: delivery.id }, "webhooks");
    return { responseStatus: null, problem: "defect", answer: null, retryAfter: undefined };
  });
  const durationMs = Math.round(runtime.monotonicMs() - startedMs);
  await transact(sql, claimed.organizationId, (unit) =>
    finish(delivering, unit, claimed, delivery, { ...posted, at, durationMs }),
  );
}

type Attempted = Posted & { at: Instant; durationMs: number };

/** Who has lost the claim writes nothing: another sends it again, by the same id. */
async function finish(
  { runtime }: Delivering,
  unit: Unit,
  claimed: Claimed,
  delivery: NextDelivery,
  { responseStatus, problem, answer, retryAfter, at, durationMs }: Attempted,
): Promise<void> {
  const webhook = await lockWebhook.first(unit, { id: claimed.webhookId });
  const lane = await lockLane.first(unit, claimed);
  if (!webhook || !lane) return;
  const now = runtime.now();
  const failures = lane.failures + 1;
  const isPing = delivery.kind === pingKind;
  const next =
    problem === null || problem === "erased" || isPing
      ? null
      : retryAt({
          failures,
          now,
          giveUpAt: delivery.giveUpAt,
          retryAfterSeconds: readRetryAfter(retryAfter, now),
          jitter: runtime.randomBytes(1)[0]! / 255,
        });
  await insertAttempt(unit, {
    id: runtime.newId(),
    deliveryId: delivery.id,
    at,
    durationMs,
    responseStatus,
    problem,
    answer,
    state: problem === null ? "delivered" : next === null ? "failed" : null,
    now,
  });
  if (next === null) await endLane(unit, claimed);
  if (!webhook.isActive && !isPing) await dropLane(unit, claimed);
  await releaseLane(unit, { ...claimed, dueAt: next ?? now, failures: next === null ? 0 : failures });
  if (isPing || problem === "erased") return;
  const failingSince = problem === null ? null : (webhook.failingSince ?? now);
  if (failingSince !== webhook.failingSince) await setFailingSince(unit, { id: webhook.id, failingSince });
  if (failingSince === null || !webhook.isActive) return;
  const stop = stopAfter(responseStatus, failingSince, now);
  if (stop !== null) await switchOff(runtime, unit, webhook, stop);
}

/** Switches a webhook off, and tells those who look after webhooks. */
async function switchOff(
  { now, newId }: Delivering["runtime"],
  unit: Unit,
  { id, name }: { id: string; name: string },
  stop: WebhookStop,
): Promise<void> {
  const at = now();
  await stopWebhook(unit, { id, stop, at });
  const people = (await listWebhookManagers(unit)).map((person) => ({ id: newId(), userId: person.id }));
  if (people.length > 0)
    await tellOfStop(unit, { people: JSON.stringify(people), webhookId: id, name, stop, at });
}
