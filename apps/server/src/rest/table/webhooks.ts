import { del, get, patch, post, tagged } from "../route.ts";

export const webhookTable = tagged("Webhooks", [
  get("/webhooks", "webhooks.list", "List webhooks"),
  post("/webhooks", "webhooks.create", "Make a webhook; its secret is told once", { made: "/webhooks/{id}" }),
  get("/webhooks/event-kinds", "webhooks.eventKinds", "List what webhooks can be told of"),
  get("/webhooks/{webhookId}", "webhooks.get", "Read a webhook"),
  patch("/webhooks/{webhookId}", "webhooks.update", "Change a webhook"),
  del("/webhooks/{webhookId}", "webhooks.delete", "Delete a webhook"),
  post("/webhooks/{webhookId}/active", "webhooks.setActive", "Switch a webhook on or off"),
  post("/webhooks/{webhookId}/secret", "webhooks.rotateSecret", "Give a webhook a new secret"),
  post("/webhooks/{webhookId}/test", "webhooks.test", "Send a ping"),
  get("/webhooks/{webhookId}/deliveries", "webhooks.deliveries.list", "List what a webhook was told"),
  post(
    "/webhooks/{webhookId}/deliveries/redeliver-failed",
    "webhooks.deliveries.redeliverFailed",
    "Send again what was given up",
  ),
  get(
    "/webhooks/{webhookId}/deliveries/{deliveryId}",
    "webhooks.deliveries.get",
    "Read a delivery with its attempts",
  ),
  post(
    "/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver",
    "webhooks.deliveries.redeliver",
    "Send a delivery again",
  ),
]);
