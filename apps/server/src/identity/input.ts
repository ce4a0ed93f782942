import { passwordLimits, permissions } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, requiredText, safeText, versionSchema } from "../schemas.ts";
import { tokenInput } from "./tokens.ts";

/** As typed by somebody who says who they are: whether it is an address at all is no business of theirs. */
const anyEmail = safeText(254).trim().toLowerCase().min(1);
const email = safeText(254).trim().toLowerCase().pipe(z.email());
const anyPassword = safeText(passwordLimits.max).min(1);
const organization = safeText(63).trim().toLowerCase().min(1);
const newPassword = anyPassword;
const name = requiredText(200);

export const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

const isLocale = (locale: string): boolean => {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
};

const timeZoneSchema = safeText(64)
  .regex(/^[A-Za-z]/)
  .refine(isTimeZone, "is not a time zone");
const localeSchema = safeText(35).refine(isLocale, "is not a language tag");

export const noInput = z.strictObject({}).optional();

export const signInInput = z.strictObject({ organization, email: anyEmail, password: anyPassword });
export const refreshInput = z.strictObject({ refreshToken: tokenInput });
export const changePasswordInput = z.strictObject({ currentPassword: anyPassword, newPassword });
export const requestPasswordResetInput = z.strictObject({ organization, email: anyEmail });
export const resetPasswordInput = z.strictObject({ token: tokenInput, newPassword });
export const verifyEmailInput = z.strictObject({ token: tokenInput });
export const acceptInvitationInput = z.strictObject({
  token: tokenInput,
  name: name.optional(),
  password: newPassword,
});

export const listUsersInput = z
  .strictObject({
    role: safeText(63).min(1).optional(),
    isActive: z.boolean().optional(),
    /** The start of a name or an e-mail address. */
    search: requiredText(100).optional(),
    ...pageInput,
  })
  .prefault({});

const user = { userId: idSchema };

export const getUserInput = z.strictObject(user);
export const versionedUserInput = z.strictObject({ ...user, version: versionSchema });

export const setAvailabilityInput = z.strictObject({
  /** Oneself where it is left out. */
  userId: idSchema.optional(),
  isAvailable: z.boolean(),
});

export const inviteInput = z.strictObject({
  email,
  name,
  roleKey: safeText(63).min(1),
  departmentIds: z.array(idSchema).max(100).default([]),
});

export const setRoleInput = z
  .strictObject({
    ...user,
    version: versionSchema,
    /** One of the two names the role. */
    roleId: idSchema.optional(),
    roleKey: safeText(63).min(1).optional(),
  })
  .refine(
    ({ roleId, roleKey }) => (roleId === undefined) !== (roleKey === undefined),
    "names the role once, by roleId or roleKey",
  );

const preference = z.union([safeText(1_000), z.number(), z.boolean(), z.null()]);

export const updateProfileInput = z.strictObject({
  version: versionSchema,
  name: name.optional(),
  timeZone: timeZoneSchema.optional(),
  locale: localeSchema.optional(),
  phone: requiredText(40).nullish(),
  jobTitle: requiredText(200).nullish(),
  /** Replaces what was there. */
  preferences: z
    .record(safeText(64).min(1), preference)
    .refine((preferences) => Object.keys(preferences).length <= 100, "has at most 100 entries")
    .optional(),
});

const role = {
  name,
  description: safeText(1_000).trim(),
  permissions: z.array(z.enum(permissions)).max(permissions.length),
};

export const createRoleInput = z.strictObject({
  key: safeText(63).regex(/^[a-z][a-z0-9_]*$/),
  ...role,
  description: role.description.default(""),
});

const versionedRole = { roleId: idSchema, version: versionSchema };

export const updateRoleInput = z.strictObject({
  ...versionedRole,
  name: role.name.optional(),
  description: role.description.optional(),
  permissions: role.permissions.optional(),
});
export const deleteRoleInput = z.strictObject(versionedRole);
