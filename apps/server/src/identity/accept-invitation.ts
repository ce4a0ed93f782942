import type { PublicContext } from "../context.ts";
import { setPasswordByLink } from "./links.ts";

/** Takes an invitation: sets the first password, and tells with what to sign in. @throws RefusalError as `auth.acceptInvitation` declares. */
export const acceptInvitation = (
  ctx: PublicContext,
  { token, password, name }: { token: string; password: string; name?: string | undefined },
): Promise<{ organization: string; email: string }> =>
  setPasswordByLink(ctx, { token, purpose: "accept_invitation", password, name: name ?? null });
