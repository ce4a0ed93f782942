import { describe, expect, test } from "vitest";
import { personOf, refusalOf } from "../ticket/desk.fixtures.ts";
import { canChangeView, canSeeView, expectMayChangeView, viewKind } from "./view.ts";

const agent = personOf("agent", "ada", "support");
const manager = personOf("manager", "mia", "support");
const outsider = personOf("manager", "max", "billing");
const admin = personOf("admin", "adam");

const own = { ownerId: "ada", departmentId: null };
const ofSupport = { ownerId: null, departmentId: "support" };
const everybodys = { ownerId: null, departmentId: null };

describe("a view", () => {
  test("of one's own is seen and changed by nobody else, however much they may", () => {
    expect(canChangeView(agent, own)).toBe(true);
    for (const other of [manager, admin]) {
      expect(canSeeView(other, own)).toBe(false);
      expect(refusalOf(() => expectMayChangeView(other, own))).toEqual({ code: "view.not_found" });
    }
  });

  test("of a department is seen by those who belong to it or see all tickets, and changed by those of them who may share", () => {
    expect([agent, manager, outsider, admin].map((each) => canSeeView(each, ofSupport))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([agent, manager, outsider, admin].map((each) => canChangeView(each, ofSupport))).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(refusalOf(() => expectMayChangeView(outsider, ofSupport))).toEqual({ code: "view.not_found" });
  });

  test("of everybody is seen by all, and changed by those who may share", () => {
    expect(canSeeView(agent, everybodys)).toBe(true);
    expect(refusalOf(() => expectMayChangeView(agent, everybodys))).toEqual({
      code: "permission.denied",
      permission: "view.share",
    });
    expect(expectMayChangeView(outsider, everybodys)).toBe(everybodys);
  });

  test("that is not there is not found", () => {
    expect(refusalOf(() => expectMayChangeView(admin, undefined))).toEqual({ code: "view.not_found" });
  });

  test("says whose it is", () => {
    expect([own, ofSupport, everybodys].map(viewKind)).toEqual(["personal", "department", "organization"]);
  });
});
