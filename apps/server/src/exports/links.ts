import { createSecretKey } from "node:crypto";
import { type Instant, plusSeconds, toEpochMs } from "@helpdesk/domain";
import { SignJWT, errors, jwtVerify } from "jose";
import { z } from "zod";
import { type AccessClaims, fromPayload, toPayload } from "../identity/access-tokens.ts";

const ISSUER = "helpdesk-pro";
/** Not that of access tokens: neither passes for the other. */
const TYPE = "export+jwt";
const LIFETIME_SECONDS = 60;

const payloadSchema = z.object({ exp_id: z.uuid() });

/** Signed words that let one person, while their session or key lives, fetch one export within a minute. */
export class ExportLinks {
  readonly #key: ReturnType<typeof createSecretKey>;

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret, "utf8"));
  }

  async issue(
    claims: AccessClaims,
    exportId: string,
    now: Instant,
  ): Promise<{ token: string; expiresAt: Instant }> {
    const expiresAt = plusSeconds(now, LIFETIME_SECONDS);
    const token = await new SignJWT({ ...toPayload(claims), exp_id: exportId })
      .setProtectedHeader({ alg: "HS256", typ: TYPE })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setExpirationTime(Math.floor(toEpochMs(expiresAt) / 1000))
      .sign(this.#key);
    return { token, expiresAt };
  }

  /** Whose word it is, or null where it is not ours, is over, or is for another export. */
  async claims(token: string, exportId: string, now: Instant): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        typ: TYPE,
        currentDate: new Date(toEpochMs(now)),
      });
      return payloadSchema.parse(payload).exp_id === exportId ? fromPayload(payload) : null;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  }
}
