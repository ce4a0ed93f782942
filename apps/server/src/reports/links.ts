import { createSecretKey } from "node:crypto";
import { type Instant, plusSeconds, toEpochMs } from "@helpdesk/domain";
import { SignJWT, errors, jwtVerify } from "jose";
import { z } from "zod";
import { type AccessClaims, fromPayload, toPayload } from "../identity/access-tokens.ts";
import { type StoredDefinition, storedDefinitionSchema } from "./definition.ts";

const ISSUER = "helpdesk-pro";
/** Not that of access tokens: neither passes for the other. */
const TYPE = "report+jwt";
const LIFETIME_SECONDS = 60;

/** What is to be had as CSV: a saved report, or one that is named whole. */
export interface Wanted {
  report: { reportId: string } | { definition: StoredDefinition };
  withBom: boolean;
}

const payloadSchema = z.object({
  report: z.union([
    z.strictObject({ reportId: z.uuid() }),
    z.strictObject({ definition: storedDefinitionSchema }),
  ]),
  withBom: z.boolean(),
});

/** Signed words that let one person, while their session or key lives, have one report for a minute. */
export class ReportLinks {
  readonly #key: ReturnType<typeof createSecretKey>;

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret, "utf8"));
  }

  async issue(
    claims: AccessClaims,
    wanted: Wanted,
    now: Instant,
  ): Promise<{ token: string; expiresAt: Instant }> {
    const expiresAt = plusSeconds(now, LIFETIME_SECONDS);
    const token = await new SignJWT({ ...toPayload(claims), ...wanted })
      .setProtectedHeader({ alg: "HS256", typ: TYPE })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setExpirationTime(Math.floor(toEpochMs(expiresAt) / 1000))
      .sign(this.#key);
    return { token, expiresAt };
  }

  /** Whose word it is and what for, or null where it is not ours or is over. */
  async read(token: string, now: Instant): Promise<{ claims: AccessClaims; wanted: Wanted } | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        typ: TYPE,
        currentDate: new Date(toEpochMs(now)),
      });
      return { claims: fromPayload(payload), wanted: payloadSchema.parse(payload) as Wanted };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  }
}
