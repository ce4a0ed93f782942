import { type Home, type RightInputs, type Row, instantNow, newId } from "@helpdesk/testing/tenant-wall";

/** A public address, so that nobody is asked for it; nothing is sent there: tests have no worker. */
const url = "https://9.9.9.9/hook";

const newWebhook = (home: Home) =>
  home.act<Row>("webhooks.create", { name: `Ours ${newId()}`, url, eventKinds: ["*"] });

const onWebhook = async (home: Home) => {
  const { id, version } = await newWebhook(home);
  return { webhookId: id, version };
};

/** The first, where it does not matter which: there may be few. */
async function webhookOnly(home: Home) {
  const [first] = await home.act<Row[]>("webhooks.list", undefined);
  return { webhookId: (first ?? (await newWebhook(home))).id };
}

/** A ping that nobody has sent yet. */
export async function newDelivery(home: Home): Promise<{ webhookId: string; deliveryId: string }> {
  const input = await webhookOnly(home);
  const { id } = await home.act<Row>("webhooks.test", input);
  return { ...input, deliveryId: id };
}

export const rightInputs: RightInputs = {
  "webhooks.delete": onWebhook,
  "webhooks.deliveries.get": newDelivery,
  "webhooks.deliveries.list": async (home) => ({
    ...(await webhookOnly(home)),
    ticketId: home.ids["ticket"],
  }),
  "webhooks.deliveries.redeliver": newDelivery,
  "webhooks.deliveries.redeliverFailed": async (home) => ({
    ...(await webhookOnly(home)),
    since: instantNow(),
  }),
  "webhooks.get": webhookOnly,
  "webhooks.rotateSecret": onWebhook,
  "webhooks.setActive": async (home) => ({ ...(await onWebhook(home)), isActive: false }),
  "webhooks.test": webhookOnly,
  "webhooks.update": async (home) => ({ ...(await onWebhook(home)), name: `Ours, renamed ${newId()}` }),
};
