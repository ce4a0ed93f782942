import { createSecretKey } from "node:crypto";
import { type Instant, plusSeconds, toEpochMs } from "@helpdesk/domain";
import { SignJWT, errors, jwtVerify } from "jose";
import { z } from "zod";
import { type AccessClaims, fromPayload, toPayload } from "../identity/access-tokens.ts";

const ISSUER = "helpdesk-pro";
/** Not that of access tokens: neither passes for the other. */
const TYPE = "attachment+jwt";
const LIFETIME_SECONDS = 60;

const payloadSchema = z.object({ att: z.uuid() });

/** Signed words that let one person, while their session or key lives, have one file for a minute. */
export class AttachmentLinks {
  readonly #key: ReturnType<typeof createSecretKey>;

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret, "utf8"));
  }

  async issue(
    claims: AccessClaims,
    attachmentId: string,
    now: Instant,
  ): Promise<{ token: string; expiresAt: Instant }> {
    const expiresAt = plusSeconds(now, LIFETIME_SECONDS);
    const token = await new SignJWT({ ...toPayload(claims), att: attachmentId })
      .setProtectedHeader({ alg: "HS256", typ: TYPE })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setExpirationTime(Math.floor(toEpochMs(expiresAt) / 1000))
      .sign(this.#key);
    return { token, expiresAt };
  }

  /** Whose word it is, or null where it is not ours, is over, or is for another file. */
  async claims(token: string, attachmentId: string, now: Instant): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        typ: TYPE,
        currentDate: new Date(toEpochMs(now)),
      });
      return payloadSchema.parse(payload).att === attachmentId ? fromPayload(payload) : null;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  }
}
