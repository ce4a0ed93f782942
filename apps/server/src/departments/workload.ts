import { countQueue, findDepartment, findTeam } from "@helpdesk/db";
import { expectManages, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Workload } from "./view.ts";

/** Who has how much of what they can have, for those who manage the department. @throws RefusalError as `departments.workload` declares. */
export async function getWorkload(ctx: Context, input: { departmentId: string }): Promise<Workload> {
  const department =
    (await findDepartment.first(ctx.read, input)) ?? refuse({ code: "department.not_found" });
  expectManages(ctx.actor, { managerId: department.manager?.id ?? null });
  const [team, queue] = await Promise.all([findTeam(ctx.read, input), countQueue.first(ctx.read, input)]);
  return {
    assignment: department.assignment,
    queued: queue!.count,
    members: team.map(({ id, name, isAvailable, openTickets, capacity, lastAssignedAt }) => ({
      id,
      name,
      isAvailable,
      openTickets,
      capacity,
      lastAssignedAt,
    })),
  };
}
