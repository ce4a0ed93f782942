import { type Unit, insertSecret } from "@helpdesk/db";
import { apiKeyLimits, type Instant, plusSeconds, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { makeKey } from "./secret.ts";

const DAY_SECONDS = 86_400;

/** Gives a key a new secret, which ends within a year whatever is asked for. Answers the key in clear. @throws RefusalError `input.invalid` for an end that is over. */
export async function makeSecret(
  { now, newId, request }: Context,
  unit: Unit,
  { apiKeyId, expiresAt }: { apiKeyId: string; expiresAt: Instant | undefined },
): Promise<string> {
  if (expiresAt !== undefined && expiresAt <= now)
    refuse({ code: "input.invalid", issues: [{ path: ["expiresAt"], message: "must be in the future" }] });
  const { key, prefix, secretHash } = makeKey(request.resources.runtime, unit.organizationId);
  const latest = plusSeconds(now, apiKeyLimits.lifetimeDays * DAY_SECONDS);
  const endsAt = expiresAt === undefined || expiresAt > latest ? latest : expiresAt;
  await insertSecret(unit, { id: newId(), apiKeyId, prefix, secretHash, at: now, expiresAt: endsAt });
  return key;
}
