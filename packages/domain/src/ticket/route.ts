import { expectVersion } from "../refusal.ts";
import { reassign } from "./assign.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { departmentOf } from "./desk.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Labelled } from "./ticket.ts";

/**
 * Moves the ticket to a department, or to none. An assignee who is not of the new department lets go of it.
 * @throws RefusalError `ticket.closed`, `version.conflict`, `department.not_found`.
 */
export function route(
  situation: Situation,
  input: { departmentId: string | null; assignee: Labelled | null; version: number },
): Decision {
  const { ticket, desk } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  const to = input.departmentId === null ? null : departmentOf(desk, input.departmentId);
  if ((to?.id ?? null) === ticket.departmentId) return decide(situation, []);
  const from = ticket.departmentId === null ? null : desk.departments.get(ticket.departmentId);
  const happenings: Happening[] = [
    {
      kind: "department_changed",
      patch: { departmentId: to?.id ?? null },
      change: {
        department: {
          from:
            ticket.departmentId === null
              ? null
              : { id: ticket.departmentId, label: from?.name ?? "archived" },
          to: to && { id: to.id, label: to.name },
        },
      },
    },
  ];
  if (to && input.assignee && !to.memberIds.has(input.assignee.id))
    happenings.push(reassign(input.assignee, null));
  return decide(situation, happenings);
}
