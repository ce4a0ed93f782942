import { listWebhooks } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type Webhook, toWebhook } from "./view.ts";

/** The organization's webhooks by name; there are few. */
export const list = async ({ read }: Context): Promise<Webhook[]> =>
  (await listWebhooks(read)).map(toWebhook);
