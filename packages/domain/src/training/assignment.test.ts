import { describe, expect, test } from "vitest";
import type { Permission } from "../identity/permission.ts";
import type { RefusalError } from "../refusal.ts";
import { assignmentState, expectAssignable, expectLater } from "./assignment.ts";

const day = (date: number) => `2026-01-${String(date).padStart(2, "0")}T12:00:00.000Z`;
const dates = { dueAt: day(10), cancelledAt: null, completedAt: null };
const refusalOf = (act: () => void) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as RefusalError).refusal;
  }
};

describe("an assignment", () => {
  test.each([
    ["open", dates, day(9)],
    ["open", dates, day(10)],
    ["overdue", dates, day(11)],
    ["done", { ...dates, completedAt: day(10) }, day(20)],
    ["done_late", { ...dates, completedAt: day(11) }, day(20)],
    ["open", { ...dates, dueAt: null }, day(30)],
    ["done", { ...dates, dueAt: null, completedAt: day(29) }, day(30)],
    ["cancelled", { ...dates, cancelledAt: day(5), completedAt: day(9) }, day(9)],
  ])("is %s with %j at %s", (state, of, at) => {
    expect(assignmentState(of, at)).toBe(state);
  });

  test("is given by a day to come, or by none", () => {
    expect(refusalOf(() => expectLater(day(9), day(9)))).toMatchObject({ code: "input.invalid" });
    expect(refusalOf(() => expectLater(day(10), day(9)))).toBeNull();
    expect(refusalOf(() => expectLater(null, day(9)))).toBeNull();
  });

  test("is for active people who practise and are supervised, and names all who are not", () => {
    const practising = new Set<Permission>(["training.practise"]);
    const people = [
      { id: "ada", isActive: true, permissions: practising },
      { id: "ben", isActive: true, permissions: practising },
      { id: "cora", isActive: true, permissions: new Set<Permission>(["ticket.open"]) },
      { id: "dan", isActive: false, permissions: practising },
    ];
    const check = (...userIds: string[]) =>
      refusalOf(() => expectAssignable(userIds, people, (id) => id !== "ben"));
    expect(check("ada")).toBeNull();
    expect(check("ada", "ben", "cora", "dan", "eve")).toEqual({
      code: "assignment.not_eligible",
      userIds: ["ben", "cora", "dan", "eve"],
    });
    expect(check()).toEqual({ code: "assignment.not_eligible", userIds: [] });
  });
});
