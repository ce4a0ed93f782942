import { findDelivery, redeliver as redeliverOne, redeliverFailed as redeliverMany } from "@helpdesk/db";
import { plusSeconds, refuse, webhookLimits } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { deliveryInput, redeliverFailedInput } from "./input.ts";
import { heldWebhook } from "./situate.ts";
import { type Delivery, toDelivery } from "./view.ts";

const triesOf = ({ now }: Context) => ({
  at: now,
  giveUpAt: plusSeconds(now, webhookLimits.tryForSeconds),
});

/** Sends a delivery again, whatever became of it: the same, by the same id. @throws RefusalError as `webhooks.deliveries.redeliver` declares. */
export const redeliver = (
  ctx: Context,
  { webhookId, deliveryId: id }: z.output<typeof deliveryInput>,
): Promise<Delivery> =>
  ctx.transact(async (unit) => {
    await heldWebhook(unit, webhookId);
    const { found } = (await redeliverOne.first(unit, { webhookId, id, ...triesOf(ctx) }))!;
    if (found === 0) refuse({ code: "webhook.delivery_not_found" });
    return toDelivery((await findDelivery.first(unit, { webhookId, id }))!);
  });

/** Sends again what was given up of what was made since an instant, so many at a time. @throws RefusalError `webhook.not_found`. */
export const redeliverFailed = (
  ctx: Context,
  { webhookId, since }: z.output<typeof redeliverFailedInput>,
): Promise<{ count: number; hasMore: boolean }> =>
  ctx.transact(async (unit) => {
    await heldWebhook(unit, webhookId);
    const limit = webhookLimits.redeliveries;
    const { found } = (await redeliverMany.first(unit, { webhookId, since, limit, ...triesOf(ctx) }))!;
    return { count: found, hasMore: found === limit };
  });
