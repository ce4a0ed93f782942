import type { AuthSessionRow, MeRow, RoleRow } from "@helpdesk/db";
import { isPermission, permissions } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const nothingSchema = z.null();

export const userSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: z.object({ id: idSchema, key: z.string(), name: z.string() }),
  departments: z.array(personSchema),
  timeZone: z.string(),
  locale: z.string(),
  phone: z.string().nullable(),
  jobTitle: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  /** Whether they are there: departments that give out tickets by themselves give them some. */
  isAvailable: z.boolean(),
  /** Whether the invitation was accepted. */
  hasPassword: z.boolean(),
  /** A service's account: nobody signs in as it, it acts by API keys. */
  isService: z.boolean(),
  emailVerifiedAt: instantSchema.nullable(),
  lastSignInAt: instantSchema.nullable(),
  deactivatedAt: instantSchema.nullable(),
  version: z.int(),
  createdAt: instantSchema,
});

export const meSchema = userSchema.extend({
  permissions: z.array(z.enum(permissions)),
  preferences: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  organization: z.object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    locale: z.string(),
  }),
});

/** What a sign-in or a refresh gives: two tokens, when the first ends, and who one is. */
export const grantSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: instantSchema,
  user: meSchema,
});

export const authSessionSchema = z.object({
  id: idSchema,
  createdAt: instantSchema,
  lastUsedAt: instantSchema,
  expiresAt: instantSchema,
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
  isCurrent: z.boolean(),
});

export const roleSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.enum(permissions)),
  isBuiltIn: z.boolean(),
  version: z.int(),
});

export type User = z.output<typeof userSchema>;
export type Me = z.output<typeof meSchema>;
export type Grant = z.output<typeof grantSchema>;
export type AuthSession = z.output<typeof authSessionSchema>;
export type Role = z.output<typeof roleSchema>;

/** What a role can allow. */
export const permissionSchema = z.object({
  key: z.string(),
  meaning: z.string(),
  /** The keys of the built-in roles that allow it. */
  builtInRoles: z.array(z.string()),
  /** Whether the caller may put it into a role: nobody gives more than they have. */
  canGive: z.boolean(),
});

export type PermissionView = z.output<typeof permissionSchema>;

export const toMe = (row: MeRow): Me => ({ ...row, permissions: row.permissions.filter(isPermission) });

export const toRole = (row: RoleRow): Role => ({ ...row, permissions: row.permissions.filter(isPermission) });

export const toAuthSession = (row: AuthSessionRow, currentId: string): AuthSession => ({
  ...row,
  isCurrent: row.id === currentId,
});
