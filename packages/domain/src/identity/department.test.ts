import { expect, test } from "vitest";
import { ada, adam, desk, mia, refusalOf } from "../ticket/desk.fixtures.ts";
import { expectLeads, expectManages } from "./department.ts";

test("members are chosen by who manages departments, and of their own by its manager", () => {
  const managed = (managerId: string | null) => ({ managerId });
  const denied = { code: "permission.denied", permission: "department.manage" };
  expect(refusalOf(() => expectManages(adam, managed(null)))).toBeNull();
  expect(refusalOf(() => expectManages(mia, managed("mia")))).toBeNull();
  expect(refusalOf(() => expectManages(mia, managed("max")))).toEqual(denied);
  expect(refusalOf(() => expectManages(mia, managed(null)))).toEqual(denied);
  expect(refusalOf(() => expectManages(ada, managed("ada")))).toEqual(denied);
});

test("who leads a department, or manages all, has a say about its members; about others, or as one of them, nobody has", () => {
  const leads = (actor: typeof ada, userId: string) =>
    refusalOf(() => expectLeads(actor, userId, desk.departments.values()));
  const denied = { code: "permission.denied", permission: "department.manage" };
  expect(leads(mia, "ada")).toBeNull();
  expect(leads(adam, "cora")).toBeNull();
  expect(leads(mia, "cleo")).toEqual(denied);
  expect(leads(mia, "cora")).toEqual(denied);
  expect(leads(ada, "ben")).toEqual(denied);
});
