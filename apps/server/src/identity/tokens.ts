import { createHash, hkdfSync } from "node:crypto";
import { z } from "zod";
import type { Runtime } from "../runtime.ts";
import { safeText } from "../schemas.ts";

export const tokenInput = safeText(200).min(1);

/** 256 random bits behind the organization they belong to, so that it is known where to look them up. */
export function makeToken(runtime: Runtime, organizationId: string): { token: string; hash: string } {
  const token = `${organizationId}.${runtime.randomBytes(32).toString("base64url")}`;
  return { token, hash: sha256(token) };
}

/** The token that follows another by a key: always the same one, and only we can tell it. */
export function deriveToken(
  authSecret: string,
  organizationId: string,
  from: { token: string; key: string },
): { token: string; hash: string } {
  const secret = hkdfSync("sha256", authSecret, from.token, `successor ${from.key}`, 32);
  const token = `${organizationId}.${Buffer.from(secret).toString("base64url")}`;
  return { token, hash: sha256(token) };
}

/** What is stored of a token, or null where it cannot be one of ours. */
export function readToken(token: string): { organizationId: string; hash: string } | null {
  const [organizationId, secret, ...rest] = token.split(".");
  const isOurs = secret?.length === 43 && rest.length === 0 && z.uuid().safeParse(organizationId).success;
  return isOurs ? { organizationId: organizationId!, hash: sha256(token) } : null;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
