import { type Reader, findMe } from "@helpdesk/db";
import { type Instant, refuse } from "@helpdesk/domain";
import type { Resources } from "../context.ts";
import { type Grant, toMe } from "./view.ts";

/** The tokens of a live session, with who has it. @throws RefusalError `auth.required` where that person is gone. */
export async function grant(
  { tokens }: Pick<Resources, "tokens">,
  via: Reader,
  session: { userId: string; authSessionId: string; refreshToken: string },
  now: Instant,
): Promise<Grant> {
  const { userId, authSessionId, refreshToken } = session;
  const me = (await findMe.first(via, { userId })) ?? refuse({ code: "auth.required" });
  const issued = await tokens.issue(
    { userId, authSessionId, organizationId: via.organizationId, via: null },
    now,
  );
  return { ...issued, refreshToken, user: toMe(me) };
}
