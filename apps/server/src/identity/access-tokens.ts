import { createSecretKey } from "node:crypto";
import { type Instant, toEpochMs, toInstant } from "@helpdesk/domain";
import { SignJWT, errors, jwtVerify } from "jose";
import { z } from "zod";

const ISSUER = "helpdesk-pro";

export interface AccessClaims {
  userId: string;
  organizationId: string;
  authSessionId: string;
}

const payloadSchema = z.object({ sub: z.uuid(), org: z.uuid(), sid: z.uuid() });

/** Short-lived signed tokens. They name the auth session; what it may do is read from the database. */
export class AccessTokens {
  readonly #key: ReturnType<typeof createSecretKey>;
  readonly #lifetimeSeconds: number;

  constructor(secret: string, lifetimeSeconds: number) {
    this.#key = createSecretKey(Buffer.from(secret, "utf8"));
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  async issue(claims: AccessClaims, now: Instant): Promise<{ accessToken: string; expiresAt: Instant }> {
    const issuedAtSeconds = Math.floor(toEpochMs(now) / 1000);
    const expiresAtSeconds = issuedAtSeconds + this.#lifetimeSeconds;
    const accessToken = await new SignJWT({ org: claims.organizationId, sid: claims.authSessionId })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(expiresAtSeconds)
      .sign(this.#key);
    return { accessToken, expiresAt: toInstant(expiresAtSeconds * 1000) };
  }

  /** The claims of a token of ours that has not expired, or null. */
  async claims(token: string, now: Instant): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        typ: "at+jwt",
        currentDate: new Date(toEpochMs(now)),
      });
      const { sub, org, sid } = payloadSchema.parse(payload);
      return { userId: sub, organizationId: org, authSessionId: sid };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  }
}
