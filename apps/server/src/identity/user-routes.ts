import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import * as input from "./input.ts";
import { invite } from "./invite.ts";
import { deactivate } from "./deactivate.ts";
import { getUser } from "./get-user.ts";
import { listUsers } from "./list-users.ts";
import { reactivate } from "./reactivate.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { setAvailability } from "./set-availability.ts";
import { setRole } from "./set-role.ts";
import { updateProfile } from "./update-profile.ts";
import { meSchema, userSchema } from "./view.ts";

export const userRoutes = {
  list: allow("user.read", "cursor.invalid")
    .input(input.listUsersInput)
    .output(pageOf(userSchema))
    .query(({ ctx, input }) => listUsers(ctx, input)),

  get: allow("user.read", "user.not_found")
    .input(input.getUserInput)
    .output(userSchema)
    .query(({ ctx, input }) => getUser(ctx, input)),

  invite: allow(
    "user.invite",
    "user.email_taken",
    "role.not_found",
    "role.exceeds_own",
    "department.not_found",
  )
    .input(input.inviteInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => invite(ctx, input)),

  resendInvitation: allow(
    "user.invite",
    "user.not_found",
    "user.is_self",
    "user.exceeds_own",
    "user.not_invitable",
    "auth.throttled",
  )
    .input(input.getUserInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input)),

  deactivate: allow(
    "user.deactivate",
    "user.not_found",
    "user.is_self",
    "user.exceeds_own",
    "version.conflict",
  )
    .input(input.versionedUserInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => deactivate(ctx, input)),

  reactivate: allow(
    "user.deactivate",
    "user.not_found",
    "user.is_self",
    "user.exceeds_own",
    "user.erased",
    "version.conflict",
  )
    .input(input.versionedUserInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => reactivate(ctx, input)),

  setRole: allow(
    "role.manage",
    "user.not_found",
    "user.is_self",
    "user.exceeds_own",
    "role.not_found",
    "role.exceeds_own",
    "version.conflict",
  )
    .input(input.setRoleInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => setRole(ctx, input)),

  setAvailability: allow("signed_in", "user.not_found")
    .input(input.setAvailabilityInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => setAvailability(ctx, input)),

  updateProfile: allow("signed_in", "auth.session_required", "version.conflict")
    .input(input.updateProfileInput)
    .output(meSchema)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
};
