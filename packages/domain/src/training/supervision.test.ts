import { expect, test } from "vitest";
import { ada, adam, ben, cleo, cora, desk, mia, personOf, system } from "../ticket/desk.fixtures.ts";
import { ledBy, supervises, supervisionScope } from "./supervision.ts";

const trainedBy = (actor: Parameters<typeof supervises>[0]) =>
  ["ada", "ben", "cleo", "mia", "adam"].filter((id) => supervises(actor, desk, id));

test("managers train the people of the departments they manage, whoever runs the desk trains everybody", () => {
  // Mia manages support and only belongs to billing.
  expect(trainedBy(mia)).toEqual(["ada", "ben"]);
  expect(trainedBy(adam)).toEqual(["ada", "ben", "cleo", "mia"]);
  for (const actor of [ada, ben, cleo, cora, system]) expect(trainedBy(actor)).toEqual([]);
});

test("nobody trains themselves, and who lost the right trains nobody any more", () => {
  expect(ledBy("mia", desk.departments)).toContain("mia");
  expect(supervises(mia, desk, "mia")).toBe(false);
  expect(supervises(adam, desk, "adam")).toBe(false);
  const demoted = { ...personOf("agent", "mia"), departmentIds: mia.departmentIds };
  expect(supervisionScope(demoted)).toBe("none");
  expect(trainedBy(demoted)).toEqual([]);
});
