import type { DeliveryRow, WebhookRow } from "@helpdesk/db";
import {
  deliveryProblems,
  deliveryStates,
  pingKind,
  ticketEventKinds,
  webhookEventKinds,
  webhookStops,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

export const webhookSchema = z.object({
  id: idSchema,
  name: z.string(),
  url: z.string(),
  eventKinds: z.array(z.enum(webhookEventKinds)),
  includesNotes: z.boolean(),
  isActive: z.boolean(),
  /** Why it is switched off: by hand, by an answer 410, or for nothing arrived for three days. */
  stop: z.enum(webhookStops).nullable(),
  /** Its first failure since the last success. */
  failingSince: instantSchema.nullable(),
  /** Until when the secret before signs as well. */
  previousSecretEndsAt: instantSchema.nullable(),
  version: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Webhook = z.output<typeof webhookSchema>;

/** A webhook with its new secret in clear: the only time that it is told. */
export const madeWebhookSchema = webhookSchema.extend({ secret: z.string() });
export type MadeWebhook = z.output<typeof madeWebhookSchema>;

export const eventKindSchema = z.object({ kind: z.enum(webhookEventKinds), meaning: z.string() });

export const deliverySchema = z.object({
  /** The header `webhook-id`: the same for every attempt. */
  id: idSchema,
  eventId: idSchema,
  /** Null of a ping. */
  ticketId: idSchema.nullable(),
  kind: z.enum([...ticketEventKinds, pingKind]),
  eventAt: instantSchema,
  state: z.enum(deliveryStates),
  attempts: z.int(),
  createdAt: instantSchema,
  /** The last attempt is made then. */
  giveUpAt: instantSchema,
  /** When it was delivered, or given up. */
  endedAt: instantSchema.nullable(),
  /** When it, or what goes before it on its ticket, is tried next; null where it is over or the webhook is switched off. */
  nextAttemptAt: instantSchema.nullable(),
});
export type Delivery = z.output<typeof deliverySchema>;

export const deliveryWithAttemptsSchema = deliverySchema.extend({
  request: z.object({
    url: z.string(),
    /** But for `webhook-timestamp` and `webhook-signature`, which each attempt has of its own. */
    headers: z.record(z.string(), z.string()),
    /** Null before the first attempt. */
    body: z.string().nullable(),
  }),
  /** The latest hundred, oldest first. */
  tries: z.array(
    z.object({
      at: instantSchema,
      durationMs: z.int(),
      responseStatus: z.int().nullable(),
      /** Null where it was delivered. */
      problem: z.enum(deliveryProblems).nullable(),
      /** The first 1,024 characters of the answer. */
      answer: z.string().nullable(),
    }),
  ),
});
export type DeliveryWithAttempts = z.output<typeof deliveryWithAttemptsSchema>;

export const redeliveredSchema = z.object({
  count: z.int(),
  /** Whether there are more: call again. */
  hasMore: z.boolean(),
});

export const toWebhook = (row: WebhookRow): Webhook => ({
  ...row,
  eventKinds: row.eventKinds.filter((kind) =>
    (webhookEventKinds as readonly string[]).includes(kind),
  ) as Webhook["eventKinds"],
});

export const toDelivery = (row: DeliveryRow): Delivery => ({ ...row, kind: row.kind as Delivery["kind"] });
