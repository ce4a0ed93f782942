import { expect, test } from "vitest";
import { ada, adam, mia, refusalOf } from "../ticket/desk.fixtures.ts";
import { expectManages } from "./department.ts";

test("members are chosen by who manages departments, and of their own by its manager", () => {
  const managed = (managerId: string | null) => ({ managerId });
  const denied = { code: "permission.denied", permission: "department.manage" };
  expect(refusalOf(() => expectManages(adam, managed(null)))).toBeNull();
  expect(refusalOf(() => expectManages(mia, managed("mia")))).toBeNull();
  expect(refusalOf(() => expectManages(mia, managed("max")))).toEqual(denied);
  expect(refusalOf(() => expectManages(mia, managed(null)))).toEqual(denied);
  expect(refusalOf(() => expectManages(ada, managed("ada")))).toEqual(denied);
});
