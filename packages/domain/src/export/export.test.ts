import { expect, test } from "vitest";
import { exportStates } from "../values.ts";
import { expectCancellable, expectReadyExport, exportRetrySeconds } from "./export.ts";

const allowed = (check: (of: { state: (typeof exportStates)[number] }) => void) =>
  exportStates.filter((state) => {
    try {
      check({ state });
      return true;
    } catch {
      return false;
    }
  });

test("only an export that is under way or has its file can be cancelled, and only one that is ready can be had", () => {
  expect(allowed(expectCancellable)).toEqual(["queued", "running", "ready"]);
  expect(allowed(expectReadyExport)).toEqual(["ready"]);
});

test("each further attempt waits longer", () => {
  expect([1, 2, 3].map(exportRetrySeconds)).toEqual([30, 60, 90]);
});
