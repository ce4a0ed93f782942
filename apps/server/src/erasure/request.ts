import {
  closePasswordLinks,
  findErasable,
  findErasure,
  insertErasure,
  revokeApiKeysOf,
  revokeAuthSessions,
  setDeactivatedAt,
} from "@helpdesk/db";
import { erase as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situatePeople } from "../identity/situate-people.ts";
import { releaseTicketsOf } from "../tickets/release.ts";
import { addressHash } from "./receipt.ts";
import { firstStep } from "./steps.ts";
import { type Erasure, toErasure } from "./view.ts";

const SALT_BYTES = 32;

interface Requested {
  userId: string;
  email: string;
  otherNames: string[];
}

/**
 * Puts a person out at once, as deactivating does, with their open tickets back in their queues; workers erase them from
 * then on. @throws RefusalError as `erasures.request` declares.
 */
export const request = (ctx: Context, input: Requested): Promise<Erasure & { salt: string }> => {
  const salt = ctx.request.resources.runtime.randomBytes(SALT_BYTES).toString("base64url");
  return ctx.transact(async (unit) => {
    const { userId, email } = input;
    const { actor, person } = await situatePeople(ctx, unit, userId);
    const { isStaff, ...erasable } = (await findErasable.first(unit, { userId }))!;
    const deactivatedAt = decide(actor, person, { erasable, email }, ctx.now);
    if (person.deactivatedAt === null) await setDeactivatedAt(unit, { userId, deactivatedAt, at: ctx.now });
    await revokeAuthSessions(unit, { userId, exceptId: null, at: ctx.now, reason: "user_deactivated" });
    await revokeApiKeysOf(unit, { ownerId: userId, at: ctx.now });
    await closePasswordLinks(unit, { userId, at: ctx.now });
    await releaseTicketsOf(ctx, unit, userId);
    const erasureId = ctx.newId();
    await insertErasure(unit, {
      id: erasureId,
      userId,
      isStaff,
      otherNames: JSON.stringify(input.otherNames),
      requestedById: ctx.actor.userId,
      at: ctx.now,
      addressHash: addressHash(salt, erasable.email),
      step: firstStep,
    });
    return { ...toErasure((await findErasure.first(unit, { erasureId }))!), salt };
  });
};
