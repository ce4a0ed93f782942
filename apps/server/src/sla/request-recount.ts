import type { Unit } from "@helpdesk/db";
import type { Context } from "../context.ts";

/** Processes keep an organization's rules for nearly a second: what they write by the old ones is to be recounted, too. */
const AFTER_SECONDS = 2;

/** Has the worker recount the organization's clocks once the unit has committed. */
export const requestRecount = ({ actor, request }: Context, unit: Unit): Promise<void> =>
  request.resources.jobs.enqueue(
    unit,
    "recount_clocks",
    { organizationId: actor.organizationId },
    AFTER_SECONDS,
  );
