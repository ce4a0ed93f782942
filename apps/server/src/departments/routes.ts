import { listArchivedDepartments } from "@helpdesk/db";
import { z } from "zod";
import { personSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { archiveDepartment } from "./archive.ts";
import { createDepartment } from "./create.ts";
import { getDepartment } from "./get.ts";
import * as input from "./input.ts";
import { listDepartments } from "./list.ts";
import { restoreDepartment } from "./restore.ts";
import { setMemberCapacity } from "./set-member-capacity.ts";
import { setMembers } from "./set-members.ts";
import { updateDepartment } from "./update.ts";
import { departmentSchema, workloadSchema } from "./view.ts";
import { getWorkload } from "./workload.ts";

export const departmentRoutes = {
  list: allow("signed_in")
    .input(input.noInput)
    .output(z.array(personSchema))
    .query(({ ctx }) => listDepartments(ctx)),

  listArchived: allow("department.manage")
    .input(input.noInput)
    .output(z.array(personSchema))
    .query(({ ctx }) => listArchivedDepartments(ctx.read)),

  get: allow("user.read", "department.not_found")
    .input(input.getInput)
    .output(departmentSchema)
    .query(({ ctx, input }) => getDepartment(ctx, input)),

  create: allow(
    "department.manage",
    "department.name_taken",
    "department.member_not_eligible",
    "calendar.not_found",
    "sla_policy.unreachable",
  )
    .input(input.createInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => createDepartment(ctx, input)),

  update: allow(
    "department.manage",
    "department.not_found",
    "department.name_taken",
    "department.member_not_eligible",
    "calendar.not_found",
    "sla_policy.unreachable",
    "version.conflict",
  )
    .input(input.updateInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => updateDepartment(ctx, input)),

  archive: allow("department.manage", "department.not_found", "version.conflict")
    .input(input.versionedInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => archiveDepartment(ctx, input)),

  restore: allow("department.manage", "department.not_found", "version.conflict")
    .input(input.versionedInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => restoreDepartment(ctx, input)),

  workload: allow(["department.manage", "department.manage_own"], "department.not_found")
    .input(input.getInput)
    .output(workloadSchema)
    .query(({ ctx, input }) => getWorkload(ctx, input)),

  setMemberCapacity: allow(
    ["department.manage", "department.manage_own"],
    "department.not_found",
    "user.not_found",
    "version.conflict",
  )
    .input(input.setMemberCapacityInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => setMemberCapacity(ctx, input)),

  setMembers: allow(
    ["department.manage", "department.manage_own"],
    "department.not_found",
    "department.member_not_eligible",
    "version.conflict",
  )
    .input(input.setMembersInput)
    .output(departmentSchema)
    .mutation(({ ctx, input }) => setMembers(ctx, input)),
};
