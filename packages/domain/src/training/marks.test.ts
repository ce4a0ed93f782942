import { expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { ourScenarios } from "./shipped.fixtures.ts";
import { markLog } from "./marks.ts";
import type { Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";

const scenario: Scenario = {
  ...structuredClone(ourScenarios.find(({ id }) => id === "lost-authenticator")!),
  verification: {
    required: { reset_mfa: 3 },
    factors: {
      badge: { kind: "knowledge", points: 2, fact: "employee_id" },
      work: { kind: "knowledge", points: 1, fact: "department" },
      call: { kind: "out_of_band", points: 2, tool: "call_back" },
    },
    knowledgeCap: 2,
    neverAsk: [],
    neverTell: [],
  },
};
const said = (...acts: string[]) => ({ kind: "trainee_said", text: "…", acts });
const heard = (...tells: string[]) => ({
  kind: "customer_said",
  text: "…",
  tells,
  evades: [],
  tactic: null,
  mood: 0,
  patience: 50,
  leaves: null,
});
const used = (tool: string, isDone = true) => ({ kind: "tool_used", tool, isDone });
const ask = [said("ask.employee_id"), heard("employee_id")];

/** Whether the removal at the end of it is marked as unverified. */
const isUnverified = (castId: string, ...events: object[]): boolean => {
  const start = "2026-01-12T08:00:00.000Z";
  const log = [{ kind: "session_started" }, ...events, used("reset_mfa", false)].map(
    (event, at) => ({ ...event, sequence: at + 1, at: plusSeconds(start, at * 10) }) as SessionEvent,
  );
  return markLog(scenario, castId, log).at(-1)!.marks.includes("unverified.reset_mfa");
};

test("a guarded tool takes its points before it is used, even where it does not work", () => {
  expect(isUnverified("maria", ...ask, used("call_back"))).toBe(false);
  expect(isUnverified("maria", ...ask)).toBe(true);
  expect(isUnverified("maria", used("call_back"))).toBe(true);
});

test("knowledge counts up to its cap, and once", () => {
  expect(isUnverified("maria", ...ask, ...ask, said("ask.department"), heard("department"))).toBe(true);
  const both = said("ask.employee_id", "ask.department");
  expect(isUnverified("maria", both, heard("employee_id", "department"), used("call_back"))).toBe(false);
});

test("what was said without being asked for, or was read out before, proves nothing", () => {
  const call = used("call_back");
  expect(isUnverified("maria", said("greet"), heard("employee_id"), call)).toBe(true);
  expect(isUnverified("maria", said("tell.employee_id"), heard(), ...ask, call)).toBe(true);
  expect(isUnverified("maria", said("tell.employee_id", "ask.employee_id"), heard("employee_id"), call)).toBe(
    true,
  );
  expect(isUnverified("maria", ...ask, said("tell.employee_id"), heard(), call)).toBe(false);
});

test("a tool that did not work proves nothing, and an impostor never proves enough", () => {
  expect(isUnverified("maria", ...ask, used("call_back", false))).toBe(true);
  expect(isUnverified("caller", ...ask, used("call_back"))).toBe(true);
});

test("to say a fact back to the customer who said it is no telling", () => {
  const at = "2026-01-12T08:00:00.000Z";
  const marks = (...events: object[]) =>
    markLog(
      scenario,
      "maria",
      events.map((event, index) => ({ ...event, sequence: index + 1, at }) as SessionEvent),
    ).at(-1)!.marks;
  expect(marks(said("tell.employee_id"))).toEqual(["say.tell.employee_id"]);
  expect(marks(...ask, said("tell.employee_id"))).toEqual(["say.repeat.employee_id"]);
  expect(marks(...ask, said("tell.department"))).toEqual(["say.tell.department"]);
});
