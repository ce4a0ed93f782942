import { z } from "zod";
import { exchange } from "../api-keys/exchange.ts";
import { exchangeInput } from "../api-keys/input.ts";
import { exchangedSchema } from "../api-keys/view.ts";
import { allow, allowPublic } from "../trpc.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { changePassword } from "./change-password.ts";
import * as input from "./input.ts";
import { listSessions } from "./list-sessions.ts";
import { getMe } from "./get-me.ts";
import { refresh } from "./refresh.ts";
import { requestEmailVerification } from "./request-email-verification.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { signIn } from "./sign-in.ts";
import { giveStreamTicket } from "./stream-ticket.ts";
import { signOut } from "./sign-out.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { verifyEmail } from "./verify-email.ts";
import { authSessionSchema, grantSchema, meSchema, nothingSchema } from "./view.ts";

export const authRoutes = {
  signIn: allowPublic("auth.invalid_credentials", "auth.throttled")
    .input(input.signInInput)
    .output(grantSchema)
    .mutation(({ ctx, input }) => signIn(ctx, input)),

  refresh: allowPublic("auth.refresh_invalid")
    .input(input.refreshInput)
    .output(grantSchema)
    .mutation(({ ctx, input }) => refresh(ctx, input)),

  exchangeKey: allowPublic("auth.key_invalid", "auth.throttled", "user.not_found", "user.exceeds_own")
    .input(exchangeInput)
    .output(exchangedSchema)
    .mutation(({ ctx, input }) => exchange(ctx, input)),

  signOut: allow("signed_in", "auth.session_required")
    .input(input.noInput)
    .output(nothingSchema)
    .mutation(({ ctx }) => signOut(ctx)),

  signOutEverywhere: allow("signed_in", "auth.session_required")
    .input(input.noInput)
    .output(nothingSchema)
    .mutation(({ ctx }) => signOutEverywhere(ctx)),

  streamTicket: allow("signed_in")
    .input(input.noInput)
    .output(z.object({ ticket: z.string() }))
    .mutation(({ ctx }) => giveStreamTicket(ctx)),

  me: allow("signed_in")
    .input(input.noInput)
    .output(meSchema)
    .query(({ ctx }) => getMe(ctx)),

  sessions: allow("signed_in", "auth.session_required")
    .input(input.noInput)
    .output(z.array(authSessionSchema))
    .query(({ ctx }) => listSessions(ctx)),

  changePassword: allow(
    "signed_in",
    "auth.session_required",
    "auth.password_incorrect",
    "auth.password_weak",
    "auth.throttled",
  )
    .input(input.changePasswordInput)
    .output(nothingSchema)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  requestPasswordReset: allowPublic("auth.throttled")
    .input(input.requestPasswordResetInput)
    .output(nothingSchema)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx, input)),

  resetPassword: allowPublic("auth.link_invalid", "auth.password_weak")
    .input(input.resetPasswordInput)
    .output(nothingSchema)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),

  requestEmailVerification: allow("signed_in", "auth.session_required", "auth.throttled")
    .input(input.noInput)
    .output(nothingSchema)
    .mutation(({ ctx }) => requestEmailVerification(ctx)),

  verifyEmail: allowPublic("auth.link_invalid")
    .input(input.verifyEmailInput)
    .output(nothingSchema)
    .mutation(({ ctx, input }) => verifyEmail(ctx, input)),

  acceptInvitation: allowPublic("auth.link_invalid", "auth.password_weak")
    .input(input.acceptInvitationInput)
    .output(z.object({ organization: z.string(), email: z.string() }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
};
