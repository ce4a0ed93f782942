import { describe, expect, test } from "vitest";
import { ada, cora, refusalOf, system } from "../ticket/desk.fixtures.ts";
import { actorUserId, demand, may } from "./actor.ts";
import { permissions } from "./permission.ts";

describe("an actor", () => {
  test("may what their role allows and nothing else", () => {
    expect(may(ada, "ticket.note")).toBe(true);
    expect(may(cora, "ticket.note")).toBe(false);
  });

  test("that is the product may everything and is nobody", () => {
    expect(permissions.every((permission) => may(system, permission))).toBe(true);
    expect(actorUserId(system)).toBeNull();
    expect(actorUserId(ada)).toBe("ada");
  });

  test("without a demanded permission is refused with it, or with what hides that there is anything", () => {
    expect(refusalOf(() => demand(cora, "ticket.note"))).toEqual({
      code: "permission.denied",
      permission: "ticket.note",
    });
    expect(refusalOf(() => demand(cora, "ticket.note", { code: "ticket.not_found" }))).toEqual({
      code: "ticket.not_found",
    });
    expect(refusalOf(() => demand(ada, "ticket.note"))).toBeNull();
    expect(refusalOf(() => demand(system, "ticket.note"))).toBeNull();
  });
});
