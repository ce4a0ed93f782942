import { type Sql, issueAuthToken, transact } from "@helpdesk/db";
import { type Env, publicUrl } from "../env.ts";
import { makeToken } from "../identity/tokens.ts";
import type { JobData } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import type { Mailer } from "./mailer.ts";
import { linkMail } from "./texts.ts";

/**
 * Makes a link's token and mails it; only its hash is kept. Tried again, it mails a new token, and the last one mailed works.
 * Nothing is sent for a link that is used, replaced or over.
 */
export async function sendLink(
  { sql, runtime, env, mailer }: { sql: Sql; runtime: Runtime; env: Env; mailer: Mailer },
  { organizationId, authTokenId }: JobData["link_mail"],
): Promise<void> {
  const { token, hash } = makeToken(runtime, organizationId);
  const issued = await transact(sql, organizationId, (unit) =>
    issueAuthToken.first(unit, { id: authTokenId, tokenHash: hash, at: runtime.now() }),
  );
  if (issued) await mailer.send(linkMail({ ...issued, token, publicUrl: publicUrl(env) }));
}
