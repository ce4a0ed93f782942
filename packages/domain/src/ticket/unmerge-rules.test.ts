import { expect, test } from "vitest";
import type { SlaPolicy } from "../sla/index.ts";
import { ada, after, desk, minute, opened, policy } from "./desk.fixtures.ts";
import type { Decision } from "./decision.ts";
import { type NumberedSituation, merge, unmerge } from "./merge.ts";

const HOUR = 3_600;
const known = policy({ id: "p", firstResponseTargetSeconds: HOUR, resolutionTargetSeconds: 8 * HOUR });
const by = (...policies: SlaPolicy[]) => ({ ...desk, policies });

const situation = (from: Decision, number: number, at: string, on = by(known)): NumberedSituation => {
  const then = after(from, ada, at, on);
  return { ...then, ticket: { ...then.ticket, number } };
};

const second = opened({ id: "second" }, by(known));
const { source: merged } = merge({
  source: situation(opened({}, by(known)), 1, minute(30)),
  target: situation(second, 2, minute(30)),
  version: 1,
});

/** The undo, half an hour past the first response, by the rules of then. */
const undoUnder = (...policies: SlaPolicy[]): Decision =>
  unmerge({
    source: situation(merged, 1, minute(90), by(...policies)),
    target: situation(second, 2, minute(90)),
    version: 2,
  }).source;
const firstResponses = ({ cycles }: Decision) => cycles.filter(({ metric }) => metric === "first_response");

test("S35 the undo of a merge breaks nothing that a policy promised which is switched off", () => {
  const undone = undoUnder({ ...known, isActive: false });
  expect(undone.events.map(({ kind }) => kind)).toEqual(["unmerged"]);
  expect(undone.cycles.map(({ state, breachedAt }) => [state, breachedAt])).toEqual([
    ["cancelled", null],
    ["cancelled", null],
  ]);
  expect(undoUnder(known).events.map(({ kind }) => kind)).toEqual(["unmerged", "sla_breached"]);
});

test("it goes on under the policy that governs now, the time while merged counted, and breaks what that one promises", () => {
  const other = policy({ id: "q", firstResponseTargetSeconds: 2 * HOUR });
  const undone = undoUnder({ ...known, isActive: false }, other);
  expect(undone.events.map(({ kind }) => kind)).toEqual(["unmerged"]);
  expect(firstResponses(undone)).toMatchObject([
    { state: "cancelled", policyId: "p", breachedAt: null },
    { state: "running", policyId: "q", dueAt: minute(120), breachedAt: null },
  ]);
  const strict = undoUnder({ ...known, isActive: false }, { ...other, firstResponseTargetSeconds: 2_700 });
  expect(strict.events.map(({ kind }) => kind)).toEqual(["unmerged", "sla_breached"]);
  expect(firstResponses(strict)[1]).toMatchObject({ dueAt: minute(45), breachedAt: minute(90) });
});
