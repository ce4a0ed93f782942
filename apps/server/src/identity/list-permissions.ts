import { builtInRoles, permissionMeanings, permissions } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { PermissionView } from "./view.ts";

/** Everything a role can allow, in the words for those who edit roles, and what the caller may give of it. */
export const listPermissions = async ({ actor }: Context): Promise<PermissionView[]> =>
  permissions.map((key) => ({
    key,
    meaning: permissionMeanings[key],
    builtInRoles: builtInRoles.filter((role) => role.permissions.includes(key)).map((role) => role.key),
    canGive: actor.permissions.has("role.manage") && actor.permissions.has(key),
  }));
