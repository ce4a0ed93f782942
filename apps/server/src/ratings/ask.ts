import { type Unit, insertRating } from "@helpdesk/db";
import { type Decision, isResolution, plusSeconds } from "@helpdesk/domain";
import type { Acting } from "../context.ts";

const DAY_SECONDS = 86_400;

/** How long a link to rate works, from its mailing on. */
export const RATING_SECONDS = 30 * DAY_SECONDS;

/** Has the customer asked about a resolution, after the organization's delay and once, where it wants to know. */
export async function askForRating(ctx: Acting, unit: Unit, decision: Decision): Promise<void> {
  const { actor, desk, newId, jobs } = ctx;
  const { ticket, at } = decision;
  if (desk.surveyDelaySeconds === null || !isResolution(decision, actor)) return;
  const expiresAt = plusSeconds(at, desk.surveyDelaySeconds + RATING_SECONDS);
  const values = { id: newId(), ticketId: ticket.id, resolvedAt: ticket.resolvedAt!, at, expiresAt };
  const asked = await insertRating.first(unit, values);
  if (!asked) return;
  const data = { organizationId: unit.organizationId, ratingId: asked.id };
  await jobs.enqueue(unit, "rating_mail", data, desk.surveyDelaySeconds);
}
