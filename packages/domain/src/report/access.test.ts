import { expect, test } from "vitest";
import type { UserActor } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import { builtInRoles } from "../identity/role.ts";
import { canChangeReport, canRun, canSeeReport, reportScope } from "./access.ts";
import { reportKinds } from "./kinds.ts";

const actor = (permissions: readonly Permission[], departmentIds: string[] = []): UserActor => ({
  kind: "user",
  userId: "me",
  organizationId: "o",
  roleKey: "any",
  permissions: new Set(permissions),
  departmentIds: new Set(departmentIds),
  authSessionId: "s",
  via: null,
});
const role = (key: string, departmentIds: string[] = []) =>
  actor(builtInRoles.find((each) => each.key === key)!.permissions, departmentIds);

test("admins read over everything, managers over their departments, agents their own workload alone", () => {
  expect(["super_admin", "admin", "manager", "agent"].map((key) => reportScope(role(key)))).toEqual([
    "organization",
    "organization",
    "departments",
    "own",
  ]);
  expect(reportKinds.filter((kind) => canRun(role("manager"), kind))).toEqual(reportKinds);
  expect(reportKinds.filter((kind) => canRun(role("agent"), kind))).toEqual(["workload"]);
});

test("a saved report is its owner's, its department's people's or everybody's who may run it", () => {
  const own = { ownerId: "me", departmentId: null, kind: "counts" } as const;
  const theirs = { ...own, ownerId: "somebody" };
  const departments = { ...own, ownerId: null, departmentId: "d" };
  const everybodys = { ...own, ownerId: null };
  const seenBy = (who: UserActor) =>
    [own, theirs, departments, everybodys].map((each) => canSeeReport(who, each));
  expect(seenBy(role("manager", ["d"]))).toEqual([true, false, true, true]);
  expect(seenBy(role("manager"))).toEqual([true, false, false, true]);
  expect(seenBy(role("admin"))).toEqual([true, false, true, true]);
  expect(seenBy(role("agent", ["d"]))).toEqual([true, false, false, false]);
  expect(canSeeReport(role("agent", ["d"]), { ...departments, kind: "workload" })).toBe(true);
});

test("shared reports are changed by those who may share, and one's own by oneself", () => {
  const shared = { ownerId: null, departmentId: null, kind: "workload" } as const;
  expect(canChangeReport(role("manager"), shared)).toBe(true);
  expect(canChangeReport(role("agent"), shared)).toBe(false);
  expect(canChangeReport(role("agent"), { ...shared, ownerId: "me" })).toBe(true);
});
