import { z } from "zod";
import { allow } from "../trpc.ts";
import * as input from "./input.ts";
import { createRole } from "./create-role.ts";
import { deleteRole } from "./delete-role.ts";
import { listRoles } from "./list-roles.ts";
import { updateRole } from "./update-role.ts";
import { listPermissions } from "./list-permissions.ts";
import { nothingSchema, permissionSchema, roleSchema } from "./view.ts";

export const roleRoutes = {
  list: allow("role.read")
    .input(input.noInput)
    .output(z.array(roleSchema))
    .query(({ ctx }) => listRoles(ctx)),

  permissions: allow("role.read")
    .input(input.noInput)
    .output(z.array(permissionSchema))
    .query(({ ctx }) => listPermissions(ctx)),

  create: allow("role.manage", "role.exceeds_own", "role.key_taken")
    .input(input.createRoleInput)
    .output(roleSchema)
    .mutation(({ ctx, input }) => createRole(ctx, input)),

  update: allow(
    "role.manage",
    "role.not_found",
    "role.built_in",
    "role.exceeds_own",
    "user.is_self",
    "version.conflict",
  )
    .input(input.updateRoleInput)
    .output(roleSchema)
    .mutation(({ ctx, input }) => updateRole(ctx, input)),

  delete: allow(
    "role.manage",
    "role.not_found",
    "role.built_in",
    "role.exceeds_own",
    "role.in_use",
    "version.conflict",
  )
    .input(input.deleteRoleInput)
    .output(nothingSchema)
    .mutation(({ ctx, input }) => deleteRole(ctx, input)),
};
