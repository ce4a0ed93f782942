import { findNotificationSettings, reconsiderMails, writeDigest, writePreferences } from "@helpdesk/db";
import {
  type DigestRhythm,
  type NotificationChannel,
  type NotificationKind,
  canWait,
  digestRhythms,
  isTold,
  kindsOfNotification,
  nextDigestAt,
  notificationChannels,
  notificationKinds,
  sideOf,
} from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { instantSchema } from "../schemas.ts";

const toldSchema = z.object({ isEnabled: z.boolean(), isDefault: z.boolean() });

export const preferencesSchema = z.object({
  digest: z.object({
    rhythm: z.enum(digestRhythms),
    /** Of the day where one is, by the time zone of one's profile. */
    hour: z.int(),
    timeZone: z.string(),
    /** When what happens now would be told; null without a digest. */
    nextAt: instantSchema.nullable(),
  }),
  /** Every kind that one may be told of, and whether one is; `isDefault` where one has not said. */
  kinds: z.array(
    z.object({
      kind: z.enum(notificationKinds),
      meaning: z.string(),
      inApp: toldSchema,
      email: toldSchema,
      /** Whether its mails wait for a digest. */
      canWait: z.boolean(),
    }),
  ),
});
export type PreferencesView = z.infer<typeof preferencesSchema>;

export const setPreferencesInput = z.strictObject({
  /** What is not named stays; null is as by default again. */
  kinds: z
    .array(
      z.strictObject({
        kind: z.enum(notificationKinds),
        channel: z.enum(notificationChannels),
        isEnabled: z.boolean().nullable(),
      }),
    )
    .max(2 * notificationKinds.length)
    .refine(
      (said) => new Set(said.map(({ kind, channel }) => `${kind} ${channel}`)).size === said.length,
      "names the same kind and channel twice",
    )
    .default([]),
  digest: z
    .strictObject({ rhythm: z.enum(digestRhythms), hour: z.int().min(0).max(23).default(8) })
    .optional(),
});

/** What one is told of and how, each kind with what it does where one has not said. */
export async function getPreferences(ctx: Pick<Context, "actor" | "now" | "read">): Promise<PreferencesView> {
  const { actor, now, read } = ctx;
  const { digest, digestHour, timeZone, preferences } = (await findNotificationSettings.first(read, {
    userId: actor.userId,
  }))!;
  const side = sideOf(actor, null);
  const toldOf = (kind: NotificationKind, channel: NotificationChannel) => ({
    isEnabled: isTold(preferences, kind, channel, side),
    isDefault: !preferences.some((said) => said.kind === kind && said.channel === channel),
  });
  return {
    digest: {
      rhythm: digest,
      hour: digestHour,
      timeZone,
      nextAt: nextDigestAt({ digest, digestHour, timeZone }, now),
    },
    kinds: notificationKinds
      .filter((kind) => side === "staff" || !kindsOfNotification[kind].isForStaff)
      .map((kind) => ({
        kind,
        meaning: kindsOfNotification[kind].meaning,
        inApp: toldOf(kind, "in_app"),
        email: toldOf(kind, "email"),
        canWait: canWait(kind, side),
      })),
  };
}

interface Said {
  kinds: { kind: NotificationKind; channel: NotificationChannel; isEnabled: boolean | null }[];
  digest?: { rhythm: DigestRhythm; hour: number } | undefined;
}

/** Says what one is told of and how; it holds at once, for mails that are still to be sent too. */
export const setPreferences = (ctx: Context, { kinds, digest }: Said): Promise<PreferencesView> =>
  ctx.transact(async (unit) => {
    const { userId } = ctx.actor;
    if (digest)
      await writeDigest(unit, { userId, digest: digest.rhythm, digestHour: digest.hour, at: ctx.now });
    if (kinds.length > 0) await writePreferences(unit, { userId, preferences: JSON.stringify(kinds) });
    await reconsiderMails(unit, { userId });
    return getPreferences({ ...ctx, read: unit });
  });
