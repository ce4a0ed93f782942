import { expect, test } from "vitest";
import { currentContract } from "./current.ts";
import { readDeclaration, undeclared } from "./declared.ts";
import { changesSinceRelease, contractProblems, isBreaking, release } from "./stored.ts";

test("the committed contract is the router's, and whatever breaks since the last release is declared", async () => {
  expect(await contractProblems()).toEqual([]);
});

test("what the last release had and the router has not is a problem until it is declared with a reason", async () => {
  const contract = currentContract();
  const isKept = ({ path }: { path: string }) => path !== "tickets.open";
  const kept = { ...contract, procedures: contract.procedures.filter(isKept) };
  const changes = await changesSinceRelease(kept);
  expect(changes).toContain("tickets.open: is gone");
  expect(await changesSinceRelease()).not.toContain("tickets.open: is gone");
  expect(undeclared(changes, [])).toContain("not declared: tickets.open: is gone");
  const lines = changes.map((change) => `- ${change}`).join("\n");
  expect(undeclared(changes, [readDeclaration("x.md", `${lines}\n\nNobody opens any.`)])).toEqual([]);
});

test.each(["0.9.0", "0.10.0"])("no release comes after 0.10.0 as %s", async (version) => {
  await expect(release(version, "0.10.0")).rejects.toThrow("does not come after");
});

test.each([
  ["1.2.3", "2.0.0", true],
  ["1.2.3", "1.3.0", false],
  ["0.2.3", "0.3.0", true],
  ["0.2.3", "0.2.4", false],
  ["0.2.3", "1.0.0", true],
])("from %s to %s, the version says whether something breaks", (previous, next, breaks) => {
  expect(isBreaking(previous, next)).toBe(breaks);
});
