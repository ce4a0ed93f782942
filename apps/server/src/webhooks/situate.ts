import { type Reader, type Unit, type WebhookRow, findWebhook, lockWebhook } from "@helpdesk/db";
import { expectReach, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { Destinations } from "./destination.ts";

/** A webhook by its id. @throws RefusalError `webhook.not_found`. */
export const webhookOf = async (via: Reader, webhookId: string): Promise<WebhookRow> =>
  (await findWebhook.first(via, { id: webhookId })) ?? refuse({ code: "webhook.not_found" });

/** Locks a webhook. @throws RefusalError `webhook.not_found`. */
export const heldWebhook = async (unit: Unit, webhookId: string): Promise<WebhookRow> =>
  (await lockWebhook.first(unit, { id: webhookId })) ?? refuse({ code: "webhook.not_found" });

/** Locks a webhook that somebody has read. @throws RefusalError `webhook.not_found`, `version.conflict`. */
export async function situateWebhook(
  unit: Unit,
  { webhookId, version }: { webhookId: string; version: number },
): Promise<WebhookRow> {
  const webhook = await heldWebhook(unit, webhookId);
  expectVersion(webhook, version);
  return webhook;
}

/** Whoever sees what a webhook was told has to see as much as it was told. @throws RefusalError `webhook.not_found`, `permission.denied`. */
export async function readableWebhook({ actor, read }: Context, webhookId: string): Promise<WebhookRow> {
  const webhook = await webhookOf(read, webhookId);
  expectReach(actor, webhook);
  return webhook;
}

/** @throws RefusalError `webhook.url_forbidden`. */
export async function expectDestination({ request }: Context, url: string): Promise<void> {
  const destinations = new Destinations(request.resources.env.WEBHOOK_ALLOWED_NETWORKS);
  const found = await destinations.find(url);
  if ("problem" in found) refuse({ code: "webhook.url_forbidden", reason: found.problem });
}
