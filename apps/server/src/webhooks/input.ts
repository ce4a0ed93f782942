import { deliveryStates, textLimits, webhookEventKinds, webhookLimits } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, lineText, pageInput, safeText, versionSchema } from "../schemas.ts";

const webhookId = idSchema;
const name = lineText(textLimits.name);
const isWebAddress = (text: string): boolean =>
  URL.canParse(text) &&
  /^https?:/.test(new URL(text).protocol) &&
  new URL(text).href.length <= textLimits.url;

/** What is wrong with an address of the web is `webhook.url_forbidden`'s to say. */
const url = safeText(textLimits.url)
  .trim()
  .refine(isWebAddress, "must be an https:// address")
  .transform((text) => new URL(text).href);
const eventKinds = z
  .array(z.enum(webhookEventKinds))
  .min(1)
  .max(webhookEventKinds.length)
  .transform((kinds) => [...new Set(kinds)]);

export const noInput = z.strictObject({}).prefault({});

export const createInput = z.strictObject({
  name,
  url,
  /** `*` for every kind there is and will be. */
  eventKinds,
  /** Whether the texts of internal notes are sent. */
  includesNotes: z.boolean().default(false),
});

export const webhookIdInput = z.strictObject({ webhookId });

const versioned = { webhookId, version: versionSchema };

export const updateInput = z.strictObject({
  ...versioned,
  name: name.optional(),
  url: url.optional(),
  eventKinds: eventKinds.optional(),
  includesNotes: z.boolean().optional(),
});

export const deleteInput = z.strictObject(versioned);

export const setActiveInput = z.strictObject({ ...versioned, isActive: z.boolean() });

export const rotateSecretInput = z.strictObject({
  ...versioned,
  /** For how long the secret before signs as well. */
  overlapSeconds: z.int().min(0).max(webhookLimits.overlapSeconds).default(86_400),
});

export const listDeliveriesInput = z.strictObject({
  webhookId,
  state: z.enum(deliveryStates).optional(),
  ticketId: idSchema.optional(),
  ...pageInput,
});

export const deliveryInput = z.strictObject({ webhookId, deliveryId: idSchema });

export const redeliverFailedInput = z.strictObject({
  webhookId,
  /** Of the deliveries that were made since. */
  since: instantSchema,
});
