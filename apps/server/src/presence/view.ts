import type { PresenceRow, PresentRow } from "@helpdesk/db";
import { type Actor, expectVisible, presenceActivities, seesNotes } from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, personSchema } from "../schemas.ts";

export const presentSchema = personSchema.extend({
  activity: z.enum(presenceActivities),
  /** Since when they are at it. */
  since: instantSchema,
});
export type Present = z.output<typeof presentSchema>;

/** Who else is at a ticket: staff are told, its customer's side sees nobody. @throws RefusalError `ticket.not_found`. */
export function othersAt(actor: Actor, row: PresenceRow | undefined): PresentRow[] {
  const seen = expectVisible(actor, row);
  return seesNotes(actor, seen) ? seen.others : [];
}
