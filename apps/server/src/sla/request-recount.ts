import type { Unit } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { logRules } from "./log-rules.ts";

/** Processes keep an organization's rules for nearly a second: what they write by the old ones is to be recounted, too. */
const AFTER_SECONDS = 2;

/**
 * Logs what of the rules was edited, by the ids of policies, calendars and departments, and has the worker recount the
 * organization's clocks once the unit has committed.
 */
export async function requestRecount(ctx: Context, unit: Unit, ids: readonly string[]): Promise<void> {
  await logRules(ctx, unit, ids);
  const { organizationId } = ctx.actor;
  await ctx.request.resources.jobs.enqueue(unit, "recount_clocks", { organizationId }, AFTER_SECONDS);
}
