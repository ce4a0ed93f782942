import type { PublicContext } from "../context.ts";
import { setPasswordByLink } from "./links.ts";

/** Sets a new password by a mailed link. @throws RefusalError as `auth.resetPassword` declares. */
export async function resetPassword(
  ctx: PublicContext,
  input: { token: string; newPassword: string },
): Promise<null> {
  const { token, newPassword: password } = input;
  await setPasswordByLink(ctx, { token, purpose: "reset_password", password, name: null });
  return null;
}
