import { apiKeyLimits, permissions } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, lineText, pageInput, safeText, versionSchema } from "../schemas.ts";

const name = lineText(200);
const scopes = z.array(z.enum(permissions)).max(permissions.length);
const callsPerMinute = z.int().min(1).max(apiKeyLimits.callsPerMinute);

/** As typed by whoever holds it: whether it can be a key at all is found out, and counted, like any other. */
const keyInput = safeText(200).min(1);

export const exchangeInput = z.strictObject({
  /** The organization's short name, where the caller wants to be sure of it; the key tells it. */
  organization: safeText(63).trim().toLowerCase().min(1).optional(),
  key: keyInput,
  /** Whom to act for, by id or e-mail address; the key's owner where it is left out. */
  onBehalfOf: z.union([idSchema, safeText(254).trim().toLowerCase().pipe(z.email())]).optional(),
});

export const createInput = z
  .strictObject({
    name,
    scopes,
    /** A service account it acts as. Without this and `service` it acts as whoever makes it. */
    ownerId: idSchema.optional(),
    /** A service account that is made with it. */
    service: z
      .strictObject({
        name,
        roleKey: safeText(63).min(1),
        departmentIds: z.array(idSchema).max(100).default([]),
      })
      .optional(),
    expiresAt: instantSchema.optional(),
    callsPerMinute: callsPerMinute.nullish(),
  })
  .refine(({ ownerId, service }) => ownerId === undefined || service === undefined, "names one owner");

export const listInput = z.strictObject(pageInput).prefault({});

export const keyIdInput = z.strictObject({ apiKeyId: idSchema });

const versioned = { apiKeyId: idSchema, version: versionSchema };

export const updateInput = z.strictObject({
  ...versioned,
  name: name.optional(),
  scopes: scopes.optional(),
  callsPerMinute: callsPerMinute.nullish(),
});

export const rotateInput = z.strictObject({
  ...versioned,
  /** For how long the secrets before go on. */
  overlapSeconds: z.int().min(0).max(apiKeyLimits.overlapSeconds).default(86_400),
  expiresAt: instantSchema.optional(),
});

export const revokeInput = z.strictObject(versioned);
