import { type Unit, findNotificationSettings, writePreferences } from "@helpdesk/db";
import { canWait, notificationKinds } from "@helpdesk/domain";
import type { Unsubscription } from "../mail/unsubscriptions.ts";

/** Switches off the mails that a link speaks of; again changes nothing. */
export async function unsubscribe(unit: Unit, { userId, what }: Unsubscription): Promise<void> {
  // Whoever is gone gets no mails.
  if (!(await findNotificationSettings.first(unit, { userId }))) return;
  const kinds = what === "digest" ? notificationKinds.filter((kind) => canWait(kind, "staff")) : [what];
  const said = kinds.map((kind) => ({ kind, channel: "email", isEnabled: false }));
  await writePreferences(unit, { userId, preferences: JSON.stringify(said) });
}
