import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { type NotificationKind, notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import type { Env } from "../env.ts";

/** Mails that a link switches off: of a kind, or all that come in digests. */
export interface Unsubscription {
  organizationId: string;
  userId: string;
  what: NotificationKind | "digest";
}

const id = z.uuid().toLowerCase();
const partsSchema = z.tuple([id, id, z.enum([...notificationKinds, "digest"])]);

/** Signed words that switch off mails, and can do nothing else: they do not end, for mails are kept for long. */
export class Unsubscriptions {
  readonly #key: Buffer;

  constructor({ AUTH_SECRET }: Pick<Env, "AUTH_SECRET">) {
    this.#key = Buffer.from(hkdfSync("sha256", AUTH_SECRET, "", "unsubscriptions", 32));
  }

  tokenOf({ organizationId, userId, what }: Unsubscription): string {
    const text = `${organizationId}.${userId}.${what}`;
    return `${text}.${createHmac("sha256", this.#key).update(text).digest("base64url")}`;
  }

  /** Null for a token that is not ours. */
  read(token: string): Unsubscription | null {
    const { success, data } = partsSchema.safeParse(token.split(".").slice(0, 3));
    if (!success) return null;
    const [organizationId, userId, what] = data;
    const read = { organizationId, userId, what };
    const [given, right] = [Buffer.from(token), Buffer.from(this.tokenOf(read))];
    return given.length === right.length && timingSafeEqual(given, right) ? read : null;
  }
}
