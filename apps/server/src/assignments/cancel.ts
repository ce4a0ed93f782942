import { cancelAssignment, findAssignments, lockAssignment } from "@helpdesk/db";
import { expectVersion, refuse, supervises } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Assignment, toAssignment } from "./view.ts";

/** Takes an assignment back; again changes nothing. @throws RefusalError `assignment.not_found`, `version.conflict`. */
export const cancel = (
  { actor, desk, now, transact }: Context,
  { assignmentId, version }: { assignmentId: string; version: number },
): Promise<Assignment> =>
  transact(async (unit) => {
    const held = await lockAssignment.first(unit, { assignmentId });
    if (!held || !supervises(actor, desk, held.userId)) return refuse({ code: "assignment.not_found" });
    expectVersion(held, version);
    if (held.cancelledAt === null) await cancelAssignment(unit, { assignmentId, at: now });
    return toAssignment((await findAssignments.first(unit, { ids: JSON.stringify([held.id]) }))!, now);
  });
