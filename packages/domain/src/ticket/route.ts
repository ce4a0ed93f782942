import { expectVersion } from "../refusal.ts";
import { type Candidate, isEligible, reassign } from "./assign.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { departmentOf } from "./desk.ts";
import { type Situation, expectNotClosed } from "./situation.ts";

/**
 * Moves the ticket to a department, or to none. An assignee who could not be given it there lets go of it.
 * @throws RefusalError `ticket.closed`, `version.conflict`, `department.not_found`.
 */
export function route(
  situation: Situation,
  input: { departmentId: string | null; assignee: Candidate | null; version: number },
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
  const { assignee } = input;
  if (assignee && !isEligible(assignee, { ...ticket, departmentId: to?.id ?? null })) {
    happenings.push(reassign({ id: assignee.id, label: assignee.name }, null));
  }
  return decide(situation, happenings);
}
