import type { Context } from "../context.ts";
import { webhookOf } from "./situate.ts";
import { type Webhook, toWebhook } from "./view.ts";

/** A webhook without its secret. @throws RefusalError `webhook.not_found`. */
export const get = async ({ read }: Context, { webhookId }: { webhookId: string }): Promise<Webhook> =>
  toWebhook(await webhookOf(read, webhookId));
