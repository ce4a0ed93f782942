import type { ApiKeyRow } from "@helpdesk/db";
import { isPermission, permissions } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";
import { shownPrefix } from "./secret.ts";

export const apiKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Whom it acts as. */
  owner: personSchema.extend({ isService: z.boolean() }),
  scopes: z.array(z.enum(permissions)),
  /** Its own limit; null where the general one holds. */
  callsPerMinute: z.int().nullable(),
  createdBy: personSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  version: z.int(),
  /** Those that have not ended, and the newest five, the newest first: what each begins with, and when it ends. */
  secrets: z.array(
    z.object({
      prefix: z.string(),
      createdAt: instantSchema,
      expiresAt: instantSchema,
      /** At most a minute behind. */
      lastUsedAt: instantSchema.nullable(),
    }),
  ),
});
export type ApiKey = z.output<typeof apiKeySchema>;

/** A key with its newest secret in clear: the only time that it is told. */
export const madeKeySchema = apiKeySchema.extend({ key: z.string() });
export type MadeKey = z.output<typeof madeKeySchema>;

export const exchangedSchema = z.object({
  accessToken: z.string(),
  expiresAt: instantSchema,
  /** Whom the token acts as. */
  user: personSchema,
  /** What it may now: what both the person's role and the key's scopes allow. */
  permissions: z.array(z.enum(permissions)),
});
export type Exchanged = z.output<typeof exchangedSchema>;

export const toApiKey = (row: ApiKeyRow, organizationId: string): ApiKey => ({
  ...row,
  scopes: row.scopes.filter(isPermission),
  secrets: row.secrets.map((secret) => ({ ...secret, prefix: shownPrefix(organizationId, secret.prefix) })),
});
