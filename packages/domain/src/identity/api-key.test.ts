import { describe, expect, test } from "vitest";
import {
  type KeySubject,
  type LiveKey,
  expectDepartmentsWithin,
  expectScopesWithin,
  objectionTo,
  rightsByKey,
} from "./api-key.ts";
import { type Permission, permissions } from "./permission.ts";
import { builtInRoles } from "./role.ts";

const allowedTo = (key: string) => new Set(builtInRoles.find((role) => role.key === key)!.permissions);
const keyOf = (role: string, scopes: readonly Permission[] = permissions): LiveKey => ({
  ownerId: "owner",
  ownerPermissions: allowedTo(role),
  scopes: new Set(scopes),
});
const person = (role: string, rest: Partial<KeySubject> = {}): KeySubject => ({
  id: role,
  permissions: allowedTo(role),
  isService: false,
  ...rest,
});

describe("the rights of a key", () => {
  test("are never more than its scopes, nor more than those of whom it acts as", () => {
    for (const role of builtInRoles) {
      for (const scopes of [[], ["ticket.note", "user.act_for"], ["user.act_for"], permissions] as const) {
        for (const subject of [person(role.key, { id: "owner" }), person(role.key)]) {
          const rights = rightsByKey(keyOf("super_admin", scopes), subject) ?? new Set();
          expect(rights.isSubsetOf(new Set(scopes))).toBe(true);
          expect(rights.isSubsetOf(subject.permissions)).toBe(true);
        }
      }
    }
    expect(rightsByKey(keyOf("super_admin", ["user.act_for", "ticket.note"]), person("agent"))).toEqual(
      new Set(["ticket.note"]),
    );
  });

  test("are none for anybody but its owner where the scope or the owner's role lacks user.act_for", () => {
    const denied = { code: "permission.denied", permission: "user.act_for" };
    expect(objectionTo(keyOf("super_admin", ["ticket.note"]), person("customer"))).toEqual(denied);
    expect(objectionTo(keyOf("agent"), person("customer"))).toEqual(denied);
    expect(objectionTo(keyOf("admin"), person("customer"))).toBe(null);
    expect(objectionTo(keyOf("agent", []), person("agent", { id: "owner" }))).toBe(null);
  });

  test("are none for whoever could give themselves more than its owner has", () => {
    const beyond = (owner: string, subject: string) => {
      const objection = objectionTo(keyOf(owner), person(subject));
      return objection && "permissions" in objection ? objection.permissions : null;
    };
    expect(beyond("admin", "super_admin")).toEqual(["role.manage"]);
    expect(beyond("admin", "admin")).toBe(null);
    expect(beyond("super_admin", "super_admin")).toBe(null);
    const portal: LiveKey = { ...keyOf("admin"), ownerPermissions: new Set(["user.act_for"]) };
    expect(objectionTo(portal, person("admin"))).toMatchObject({ permissions: ["api_key.manage"] });
    expect(objectionTo(portal, person("manager"))).toBe(null);
  });

  test("do not reach other services", () => {
    expect(objectionTo(keyOf("super_admin"), person("agent", { isService: true }))).toEqual({
      code: "user.not_found",
    });
  });
});

test("a key reaches departments of its maker's, or any where its maker sees all or chooses who belongs", () => {
  const reaching = (permissions: readonly Permission[], ...departmentIds: string[]) => {
    const maker = { permissions: new Set(permissions), departmentIds: new Set(["own"]) };
    return () => expectDepartmentsWithin(maker, departmentIds);
  };
  const beyond = expect.objectContaining({
    refusal: { code: "api_key.exceeds_own", permissions: ["ticket.read_organization"] },
  });
  expect(reaching(["api_key.manage"], "own")).not.toThrow();
  expect(reaching(["api_key.manage"])).not.toThrow();
  expect(reaching(["api_key.manage", "ticket.read_departments"], "own", "other")).toThrow(beyond);
  expect(reaching(["ticket.read_organization"], "other")).not.toThrow();
  expect(reaching(["department.manage"], "other")).not.toThrow();
});

test("nobody gives a key more than they have", () => {
  const own = new Set<Permission>(["ticket.note"]);
  expect(() => expectScopesWithin(own, new Set(["ticket.note"]))).not.toThrow();
  expect(() => expectScopesWithin(own, new Set(["ticket.note", "role.manage"]))).toThrow(
    expect.objectContaining({ refusal: { code: "api_key.exceeds_own", permissions: ["role.manage"] } }),
  );
});
