import { describe, expect, test } from "vitest";
import { RefusalError } from "../refusal.ts";
import type { Permission } from "./permission.ts";
import {
  type Person,
  type Role,
  changeRole,
  deactivate,
  expectWithinOwn,
  giveRole,
  reactivate,
} from "./people.ts";

const at = "2026-01-12T08:00:00.000Z";
const person = (id: string, permissions: Permission[], roleId = `role of ${id}`): Person => ({
  id,
  roleId,
  permissions: new Set(permissions),
  deactivatedAt: null,
  version: 3,
  updatedAt: at,
});
const role = (id: string, permissions: Permission[], isBuiltIn = false): Role => ({
  id,
  permissions: new Set(permissions),
  isBuiltIn,
  version: 3,
  updatedAt: at,
});
const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
  return null;
};

const lead = person("lead", ["user.deactivate", "role.manage", "ticket.take"]);
const peer = person("peer", ["user.deactivate", "role.manage", "ticket.take"]);
const agent = person("agent", ["ticket.take"]);
const boss = person("boss", ["user.deactivate", "role.manage", "ticket.take", "ticket.assign"]);

describe("people", () => {
  test("one who may as much or less can be deactivated, reactivated and given a role", () => {
    for (const other of [peer, agent]) {
      expect(deactivate(lead, other, 3, at)).toBe(at);
      expect(refusalOf(() => reactivate(lead, other, 3))).toBeNull();
      expect(giveRole(lead, other, role("helper", ["ticket.take"]), 3)).toBe(true);
    }
  });

  test("one who may more cannot be touched", () => {
    const refusal = { code: "user.exceeds_own", permissions: ["ticket.assign"] };
    expect(refusalOf(() => deactivate(lead, boss, 3, at))).toEqual(refusal);
    expect(refusalOf(() => reactivate(lead, boss, 3))).toEqual(refusal);
    expect(refusalOf(() => giveRole(lead, boss, role("helper", []), 3))).toEqual(refusal);
  });

  test("nobody deactivates or demotes themselves", () => {
    expect(refusalOf(() => deactivate(lead, lead, 3, at))).toEqual({ code: "user.is_self" });
    expect(refusalOf(() => giveRole(lead, lead, role("helper", []), 3))).toEqual({ code: "user.is_self" });
  });

  test("a stale version is a conflict that tells the version there is", () => {
    expect(refusalOf(() => deactivate(lead, agent, 2, at))).toEqual({ code: "version.conflict", version: 3 });
  });

  test("a role that allows more than one may cannot be given", () => {
    const strong = role("strong", ["ticket.take", "ticket.assign"]);
    expect(refusalOf(() => giveRole(lead, agent, strong, 3))).toEqual({
      code: "role.exceeds_own",
      permissions: ["ticket.assign"],
    });
    expect(giveRole(boss, agent, strong, 3)).toBe(true);
  });

  test("the role one has already changes nothing", () => {
    expect(giveRole(lead, agent, role(agent.roleId, ["ticket.take"]), 3)).toBe(false);
  });
});

describe("roles", () => {
  test("one's own making can be changed within what one may", () => {
    expect(
      refusalOf(() => changeRole(lead, role("x", ["ticket.take"]), new Set(["user.deactivate"]), 3)),
    ).toBeNull();
    expect(refusalOf(() => expectWithinOwn(lead, new Set(["ticket.take"])))).toBeNull();
  });

  test("built-in roles, stale versions, and roles beyond oneself before or after are refused", () => {
    const none = new Set<Permission>();
    expect(refusalOf(() => changeRole(lead, role("x", [], true), none, 3))).toEqual({
      code: "role.built_in",
    });
    expect(refusalOf(() => changeRole(lead, role("x", []), none, 1))).toEqual({
      code: "version.conflict",
      version: 3,
    });
    const exceeds = { code: "role.exceeds_own", permissions: ["ticket.assign"] };
    expect(refusalOf(() => changeRole(lead, role("x", ["ticket.assign"]), none, 3))).toEqual(exceeds);
    expect(refusalOf(() => changeRole(lead, role("x", []), new Set(["ticket.assign"]), 3))).toEqual(exceeds);
  });

  test("nobody takes rights from the role they have, while its other rights can grow", () => {
    const own = role(lead.roleId, ["role.manage"]);
    expect(refusalOf(() => changeRole(lead, own, new Set(["ticket.take"]), 3))).toEqual({
      code: "user.is_self",
    });
    expect(refusalOf(() => changeRole(lead, own, new Set(["role.manage", "ticket.take"]), 3))).toBeNull();
  });
});
