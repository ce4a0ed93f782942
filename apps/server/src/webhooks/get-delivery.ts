import { findDelivery } from "@helpdesk/db";
import { may, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { headersOf } from "./attempt.ts";
import type { deliveryInput } from "./input.ts";
import { withoutNoteTexts } from "./payload.ts";
import { readableWebhook } from "./situate.ts";
import { type DeliveryWithAttempts, toDelivery } from "./view.ts";

/** A delivery with what was sent and answered. @throws RefusalError as `webhooks.deliveries.get` declares. */
export async function getDelivery(
  ctx: Context,
  { webhookId, deliveryId }: z.output<typeof deliveryInput>,
): Promise<DeliveryWithAttempts> {
  await readableWebhook(ctx, webhookId);
  const row =
    (await findDelivery.first(ctx.read, { webhookId, id: deliveryId })) ??
    refuse({ code: "webhook.delivery_not_found" });
  const { url, body, tries, ...delivery } = row;
  // It may have been sent while notes were included.
  const shown = body === null || may(ctx.actor, "ticket.note") ? body : withoutNoteTexts(body);
  return { ...toDelivery(delivery), request: { url, headers: headersOf(row.id), body: shown }, tries };
}
