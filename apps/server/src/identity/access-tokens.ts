import { createSecretKey } from "node:crypto";
import { type Instant, toEpochMs, toInstant } from "@helpdesk/domain";
import { SignJWT, errors, jwtVerify } from "jose";
import { z } from "zod";

const ISSUER = "helpdesk-pro";

/** Who acts, by their auth session or by the secret of an API key. An actor is one. */
export interface AccessClaims {
  userId: string;
  organizationId: string;
  authSessionId: string | null;
  via: { secretId: string } | null;
}

const credentialSchema = z.union([z.object({ sid: z.uuid() }), z.object({ key: z.uuid() })]);

/** What stands in a token for whom it is, and what it hangs on. */
export const toPayload = ({ organizationId, authSessionId, via }: AccessClaims) => ({
  org: organizationId,
  ...(via ? { key: via.secretId } : { sid: authSessionId }),
});

const payloadSchema = z.object({ sub: z.uuid(), org: z.uuid() });

/** @throws ZodError for anything that `toPayload` does not make. */
export function fromPayload(payload: unknown): AccessClaims {
  const { sub, org } = payloadSchema.parse(payload);
  const credential = credentialSchema.parse(payload);
  const byKey = "key" in credential;
  return {
    userId: sub,
    organizationId: org,
    authSessionId: byKey ? null : credential.sid,
    via: byKey ? { secretId: credential.key } : null,
  };
}

/** Short-lived signed tokens. They name the auth session or the key; what it may do is read from the database. */
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
    const accessToken = await new SignJWT(toPayload(claims))
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
      return fromPayload(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  }
}
