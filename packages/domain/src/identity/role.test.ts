import { describe, expect, test } from "vitest";
import { type Permission, isPermission, permissions } from "./permission.ts";
import { builtInRoles } from "./role.ts";

const allowedTo = (key: string): Permission[] => [
  ...builtInRoles.find((role) => role.key === key)!.permissions,
];
const more = (key: string, than: string) =>
  allowedTo(key).filter((permission) => !allowedTo(than).includes(permission));
const strict = (key: string, than: string) => more(key, than).length > 0 && more(than, key).length === 0;

describe("the built-in roles", () => {
  test("are five, from the strongest to the weakest, and allow nothing twice", () => {
    expect(builtInRoles.map(({ key }) => key)).toEqual([
      "super_admin",
      "admin",
      "manager",
      "agent",
      "customer",
    ]);
    for (const { permissions: allowed } of builtInRoles) expect(new Set(allowed).size).toBe(allowed.length);
  });

  test("each may all that the one below may, and something besides", () => {
    const order = builtInRoles.map(({ key }) => key);
    const steps = order.slice(1).map((below, index) => strict(order[index]!, below));
    expect(steps).toEqual([true, true, true, true]);
  });

  test("a super admin may everything there is", () => {
    expect(allowedTo("super_admin").toSorted()).toEqual(permissions.toSorted());
  });

  test("a customer may open, follow and answer tickets, and nothing else", () => {
    expect(allowedTo("customer").toSorted()).toEqual(["ticket.open", "ticket.read_own", "ticket.reply"]);
  });

  test("an agent writes notes and sees people, and neither hands out work nor sees every ticket", () => {
    expect(allowedTo("agent")).toEqual(expect.arrayContaining(["ticket.note", "user.read", "ticket.take"]));
    expect(more("manager", "agent").toSorted()).toEqual([
      "department.manage_own",
      "kb.publish",
      "macro.manage",
      "mail.manage",
      "report.read_departments",
      "report.share",
      "review.write",
      "role.read",
      "scenario.manage",
      "tag.manage",
      "template.manage",
      "ticket.assign",
      "ticket.reopen",
      "training.supervise",
      "user.invite",
      "view.share",
    ]);
    expect(more("admin", "manager").toSorted()).toEqual([
      "api_key.manage",
      "audit.read",
      "certificate.revoke",
      "department.manage",
      "export.manage",
      "field.manage",
      "import.manage",
      "organization.manage",
      "report.read",
      "sla.manage",
      "status.manage",
      "ticket.edit_comments",
      "ticket.read_organization",
      "training.supervise_organization",
      "user.act_for",
      "user.deactivate",
      "webhook.manage",
    ]);
    expect(more("super_admin", "admin")).toEqual(["person.erase", "retention.manage", "role.manage"]);
  });
});

test("a permission is one of the list, and no other property of an object", () => {
  expect(permissions.every(isPermission)).toBe(true);
  for (const text of ["ticket.delete", "", "toString", "__proto__", "constructor"])
    expect(isPermission(text)).toBe(false);
});
