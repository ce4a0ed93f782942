import { type NextDelivery, type Reader, keepBody, transact } from "@helpdesk/db";
import { type DeliveryProblem, type Instant, toEpochMs } from "@helpdesk/domain";
import type { Claimed } from "./claim.ts";
import type { Delivering } from "./keep-delivering.ts";
import { makePayload, withoutNoteTexts } from "./payload.ts";
import { type Posted, post } from "./post.ts";
import { signatureOf } from "./secret.ts";

/** All that an attempt may take, from looking the host up to the end of the answer. */
const ATTEMPT_MS = 5_000;

const failed = (problem: DeliveryProblem): Posted => ({
  responseStatus: null,
  problem,
  answer: null,
  retryAfter: undefined,
});

/** The headers of a delivery but for what is of one attempt. */
export const headersOf = (deliveryId: string) => ({
  "content-type": "application/json; charset=utf-8",
  "user-agent": "HelpDesk-Pro-Webhooks/1",
  "webhook-id": deliveryId,
});

/** Sends a delivery once. What it was sent as the first time is sent every time, but for notes that are included no more. */
export async function attempt(
  delivering: Delivering,
  via: Reader,
  { webhookId, subjectId }: Claimed,
  delivery: NextDelivery,
): Promise<Posted> {
  const { sql, desks, seal, destinations, runtime, ca } = delivering;
  const { organizationId } = via;
  const now = runtime.now();
  let { body } = delivery;
  if (body === null) {
    const desk = await desks.of(organizationId);
    const payload = await makePayload(via, { ...delivery, ticketId: subjectId }, { desk, now });
    if (!payload) return failed("erased");
    const made = { id: delivery.id, body: JSON.stringify(payload) };
    body = (await transact(sql, organizationId, (unit) => keepBody.first(unit, made)))!.body;
  }
  // What was made while notes were included must not go on telling of them.
  if (!delivery.includesNotes) body = withoutNoteTexts(body);
  let secrets: string[];
  try {
    secrets = sealedOf(delivery, now).map((sealed) => seal.open(sealed, { organizationId, webhookId }));
  } catch {
    return failed("secret");
  }
  const signal = AbortSignal.timeout(ATTEMPT_MS);
  const destination = await Promise.race([destinations.find(delivery.url), ended(signal)]);
  if (destination === null) return failed("timeout");
  if ("problem" in destination)
    return failed(destination.problem === "unresolvable" ? "unresolvable" : "forbidden");
  const timestamp = Math.floor(toEpochMs(now) / 1_000);
  const headers = {
    ...headersOf(delivery.id),
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatureOf(secrets, { id: delivery.id, timestamp, body }),
  };
  return post(destination, { headers, body, signal, ca });
}

const sealedOf = (
  { sealedSecret, previousSealedSecret, previousSecretEndsAt }: NextDelivery,
  now: Instant,
): Uint8Array[] =>
  previousSealedSecret !== null && previousSecretEndsAt !== null && now < previousSecretEndsAt
    ? [sealedSecret, previousSealedSecret]
    : [sealedSecret];

const ended = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
