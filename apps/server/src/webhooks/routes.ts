import { z } from "zod";
import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { deleteOne } from "./delete.ts";
import { getDelivery } from "./get-delivery.ts";
import { get } from "./get.ts";
import * as input from "./input.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listEventKinds } from "./list-event-kinds.ts";
import { list } from "./list.ts";
import { ping } from "./ping.ts";
import { redeliver, redeliverFailed } from "./redeliver.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { setActive } from "./set-active.ts";
import { update } from "./update.ts";
import * as view from "./view.ts";

export const webhookRoutes = {
  list: allow("webhook.manage")
    .input(input.noInput)
    .output(z.array(view.webhookSchema))
    .query(({ ctx }) => list(ctx)),

  get: allow("webhook.manage", "webhook.not_found")
    .input(input.webhookIdInput)
    .output(view.webhookSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  eventKinds: allow("webhook.manage")
    .input(input.noInput)
    .output(z.array(view.eventKindSchema))
    .query(() => listEventKinds()),

  create: allow("webhook.manage", "webhook.url_forbidden", "webhook.limit_reached", "webhook.name_taken")
    .input(input.createInput)
    .output(view.madeWebhookSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow(
    "webhook.manage",
    "webhook.not_found",
    "version.conflict",
    "webhook.url_forbidden",
    "webhook.name_taken",
  )
    .input(input.updateInput)
    .output(view.webhookSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  setActive: allow("webhook.manage", "webhook.not_found", "version.conflict")
    .input(input.setActiveInput)
    .output(view.webhookSchema)
    .mutation(({ ctx, input }) => setActive(ctx, input)),

  rotateSecret: allow("webhook.manage", "webhook.not_found", "version.conflict")
    .input(input.rotateSecretInput)
    .output(view.madeWebhookSchema)
    .mutation(({ ctx, input }) => rotateSecret(ctx, input)),

  delete: allow("webhook.manage", "webhook.not_found", "version.conflict")
    .input(input.deleteInput)
    .output(z.null())
    .mutation(({ ctx, input }) => deleteOne(ctx, input)),

  test: allow("webhook.manage", "webhook.not_found")
    .input(input.webhookIdInput)
    .output(view.deliverySchema)
    .mutation(({ ctx, input }) => ping(ctx, input)),

  deliveries: {
    list: allow("webhook.manage", "webhook.not_found", "cursor.invalid")
      .input(input.listDeliveriesInput)
      .output(pageOf(view.deliverySchema))
      .query(({ ctx, input }) => listDeliveries(ctx, input)),

    get: allow("webhook.manage", "webhook.not_found", "webhook.delivery_not_found")
      .input(input.deliveryInput)
      .output(view.deliveryWithAttemptsSchema)
      .query(({ ctx, input }) => getDelivery(ctx, input)),

    redeliver: allow("webhook.manage", "webhook.not_found", "webhook.delivery_not_found")
      .input(input.deliveryInput)
      .output(view.deliverySchema)
      .mutation(({ ctx, input }) => redeliver(ctx, input)),

    redeliverFailed: allow("webhook.manage", "webhook.not_found")
      .input(input.redeliverFailedInput)
      .output(view.redeliveredSchema)
      .mutation(({ ctx, input }) => redeliverFailed(ctx, input)),
  },
};
