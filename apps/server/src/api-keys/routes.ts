import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { get } from "./get.ts";
import * as input from "./input.ts";
import { list } from "./list.ts";
import { revoke } from "./revoke.ts";
import { rotate } from "./rotate.ts";
import { update } from "./update.ts";
import { apiKeySchema, madeKeySchema } from "./view.ts";

const changing = [
  "auth.session_required",
  "api_key.not_found",
  "api_key.revoked",
  "version.conflict",
] as const;

export const apiKeyRoutes = {
  list: allow("api_key.manage", "cursor.invalid")
    .input(input.listInput)
    .output(pageOf(apiKeySchema))
    .query(({ ctx, input }) => list(ctx, input)),

  get: allow("api_key.manage", "api_key.not_found")
    .input(input.keyIdInput)
    .output(apiKeySchema)
    .query(({ ctx, input }) => get(ctx, input)),

  create: allow(
    "api_key.manage",
    "auth.session_required",
    "api_key.exceeds_own",
    "api_key.owner_not_eligible",
    "role.not_found",
    "role.exceeds_own",
    "department.not_found",
  )
    .input(input.createInput)
    .output(madeKeySchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow("api_key.manage", "api_key.exceeds_own", ...changing)
    .input(input.updateInput)
    .output(apiKeySchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  rotate: allow("api_key.manage", "api_key.exceeds_own", "api_key.owner_not_eligible", ...changing)
    .input(input.rotateInput)
    .output(madeKeySchema)
    .mutation(({ ctx, input }) => rotate(ctx, input)),

  revoke: allow("api_key.manage", ...changing)
    .input(input.revokeInput)
    .output(apiKeySchema)
    .mutation(({ ctx, input }) => revoke(ctx, input)),
};
