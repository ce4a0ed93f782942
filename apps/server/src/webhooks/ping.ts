import { findDelivery, insertDeliveries } from "@helpdesk/db";
import { pingKind, plusSeconds, webhookLimits } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldWebhook } from "./situate.ts";
import { type Delivery, toDelivery } from "./view.ts";

/** Has a ping sent, once, even where the webhook is switched off: read the delivery for what came of it. @throws RefusalError `webhook.not_found`. */
export const ping = (
  { now, newId, transact }: Context,
  { webhookId }: { webhookId: string },
): Promise<Delivery> =>
  transact(async (unit) => {
    await heldWebhook(unit, webhookId);
    const id = newId();
    const made = {
      organizationId: unit.organizationId,
      id,
      webhookId,
      eventId: newId(),
      subjectId: id,
      sequence: 0,
      kind: pingKind,
      eventAt: now,
      at: now,
      giveUpAt: plusSeconds(now, webhookLimits.tryForSeconds),
    };
    await insertDeliveries(unit, { rows: JSON.stringify([made]) });
    return toDelivery((await findDelivery.first(unit, { webhookId, id }))!);
  });
