import { appendAudit, findKeyPrincipal, findPresentedKey, findSubject, noOrganization } from "@helpdesk/db";
import {
  type LiveKey,
  expectMayActFor,
  objectionTo,
  permissionSet,
  refuse,
  rightsByKey,
  signInLimit,
} from "@helpdesk/domain";
import { z } from "zod";
import type { PublicContext } from "../context.ts";
import { countOneMore, expectWithinLimit, keySubject } from "../identity/attempts.ts";
import type { exchangeInput } from "./input.ts";
import { isSameHash, readKey } from "./secret.ts";
import type { Exchanged } from "./view.ts";

type Input = z.output<typeof exchangeInput>;

/**
 * Trades an API key for a short access token, of its owner or of somebody it may act for. Wrong keys are counted by
 * address, and a right one is not refused for them: who can try keys cannot put out the services beside them.
 * @throws RefusalError as `auth.exchangeKey` declares.
 */
export async function exchange(ctx: PublicContext, input: Input): Promise<Exchanged> {
  const { now, request } = ctx;
  const { organizationId, secretId, key } = await presented(ctx, input);
  const reader = ctx.readIn(organizationId);
  if (input.onBehalfOf !== undefined) expectMayActFor(key);
  const userId = await subjectOf(ctx, organizationId, input.onBehalfOf ?? key.ownerId);
  const row =
    (await findKeyPrincipal.first(reader, { secretId, userId, now })) ?? refuse({ code: "user.not_found" });
  const subject = { id: userId, permissions: permissionSet(row.permissions), isService: row.isService };
  const objection = objectionTo(key, subject);
  if (objection) return refuse(objection);
  const claims = { userId, organizationId, authSessionId: null, via: { secretId } };
  const issued = await request.resources.tokens.issue(claims, now);
  const permissions = [...rightsByKey(key, subject)!];
  if (userId !== key.ownerId)
    await ctx.transactIn(organizationId, (unit) =>
      appendAudit(unit, {
        id: ctx.newId(),
        at: now,
        procedure: "auth.exchangeKey",
        actorId: key.ownerId,
        apiKeyId: row.apiKeyId,
        onBehalfOfId: userId,
        data: {},
      }),
    );
  return { ...issued, user: { id: userId, name: row.userName }, permissions };
}

/** @throws RefusalError `auth.key_invalid`, or `auth.throttled` where there were too many such from the address. */
async function presented(
  ctx: PublicContext,
  { organization, key }: Input,
): Promise<{ organizationId: string; secretId: string; key: LiveKey }> {
  const { request, now } = ctx;
  const read = readKey(key);
  const { organizationId, prefix, secretHash } = read ?? {
    organizationId: noOrganization,
    prefix: "",
    secretHash: "0".repeat(64),
  };
  const row = await findPresentedKey.first(ctx.readIn(organizationId), { prefix, now });
  const isRight = isSameHash(secretHash, row?.secretHash ?? null);
  if (isRight && row?.secretId && (organization === undefined || organization === row.organization)) {
    const { secretId, ownerId, ownerPermissions, scopes } = row;
    return {
      organizationId,
      secretId,
      key: {
        ownerId: ownerId!,
        ownerPermissions: permissionSet(ownerPermissions!),
        scopes: permissionSet(scopes!),
      },
    };
  }
  const subjects = [keySubject(request.ipAddress)];
  const counted = row
    ? await ctx.transactIn(organizationId, (unit) => countOneMore(unit, subjects, signInLimit, now))
    : request.resources.strangers.count("", subjects, signInLimit, now);
  expectWithinLimit(counted, signInLimit, now);
  return refuse({ code: "auth.key_invalid" });
}

/** The id of whom an id or an e-mail address names. @throws RefusalError `user.not_found`. */
async function subjectOf(ctx: PublicContext, organizationId: string, named: string): Promise<string> {
  if (z.uuid().safeParse(named).success) return named;
  const found = await findSubject.first(ctx.readIn(organizationId), { email: named });
  return found?.id ?? refuse({ code: "user.not_found" });
}
