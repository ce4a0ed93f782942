import { type Sql, issueRating, transact } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import { type Env, publicUrl } from "../env.ts";
import { makeToken } from "../identity/tokens.ts";
import type { JobData } from "../jobs.ts";
import { RATING_SECONDS } from "../ratings/ask.ts";
import type { Runtime } from "../runtime.ts";
import type { Mailer } from "./mailer.ts";
import { ratingMail } from "./texts.ts";

/**
 * Mails the link by which a customer rates a resolution; only its token's hash is kept. Tried again, it mails a new
 * token, and the last one mailed works. Nothing is sent where the ticket was reopened or the survey switched off meanwhile.
 */
export async function sendRatingLink(
  { sql, runtime, env, mailer }: { sql: Sql; runtime: Runtime; env: Env; mailer: Mailer },
  { organizationId, ratingId }: JobData["rating_mail"],
): Promise<void> {
  const { token, hash } = makeToken(runtime, organizationId);
  const at = runtime.now();
  const issued = await transact(sql, organizationId, (unit) =>
    issueRating.first(unit, {
      id: ratingId,
      tokenHash: hash,
      at,
      expiresAt: plusSeconds(at, RATING_SECONDS),
    }),
  );
  if (issued) await mailer.send(ratingMail({ ...issued, token, publicUrl: publicUrl(env) }));
}
