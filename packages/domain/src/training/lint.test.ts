import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { canonicalJson } from "./canonical-json.ts";
import { lintPrerequisites, lintScenario } from "./lint.ts";
import { type Scenario, scenarioSchema } from "./scenario.ts";

const scenario = scenarioSchema.parse(
  parse(readFileSync(new URL("../../scenarios/lost-authenticator.yaml", import.meta.url), "utf8")),
);
const broken = (change: (draft: Scenario) => void): string[] => {
  const draft = structuredClone(scenario);
  change(draft);
  return lintScenario(draft).map(({ path, message }) => `${path}: ${message}`);
};

test("a fair scenario has no problem", () => {
  expect(lintScenario(scenario)).toEqual([]);
});

test.each<[string, (draft: Scenario) => void, string]>([
  [
    "a fact that is not there",
    (s) => s.cast[0]!.knows.push("shoe_size"),
    "cast.maria.knows: There is no fact shoe_size.",
  ],
  [
    "an answer outside the options",
    (s) => void (s.rootCause.answer = "gremlins"),
    "rootCause.answer: It is not among the options.",
  ],
  [
    "knowledge that opens a guarded tool",
    (s) => void (s.verification.knowledgeCap = 6),
    "verification.required.reset_mfa: Knowledge alone opens it: leaked data is no identity.",
  ],
  [
    "an owner who cannot get there",
    (s) => void (s.cast[0]!.knows = ["symptom"]),
    "verification.required.reset_mfa: maria reaches 4 points of 6.",
  ],
  [
    "an impostor who can",
    (s) => {
      s.verification.required["reset_mfa"] = 2;
      s.verification.knowledgeCap = 1;
      s.verification.required["reset_mfa"] = 1;
    },
    "verification.required.reset_mfa: The impostor caller reaches 1 points of 1.",
  ],
  [
    "a section that judges nobody",
    (s) => void (s.criteria.technical = []),
    "criteria.technical: Nothing is judged for the owner.",
  ],
  [
    "a tool that is not there",
    (s) => void (s.criteria.technical[2] = { ...s.criteria.technical[2]!, has: "tool.hammer" } as never),
    "criteria.technical.fixed: Nothing is marked tool.hammer.",
  ],
  [
    "an act that is not there",
    (s) => void (s.criteria.communication[0] = { ...s.criteria.communication[0]!, has: "say.sing" } as never),
    "criteria.communication.greeting: Nothing is marked say.sing.",
  ],
  [
    "a secret as a factor",
    (s) => void (s.verification.factors["code"] = { kind: "knowledge", points: 1, fact: "mfa_code" }),
    "verification.factors.code: It must never be asked for.",
  ],
  [
    "a line that says a fact",
    (s) => void (s.cast[1]!.answers["thank"] = ["I am in Field Sales, you know."]),
    "cast.caller: A line says the fact department: I am in Field Sales, you know.",
  ],
  [
    "a question nobody can answer",
    (s) => void delete s.cast[1]!.evade["mfa_code"],
    "cast.caller.evade: There is nothing to say when asked for mfa_code.",
  ],
])("%s is a problem", (_, change, problem) => {
  expect(broken(change)).toContain(problem);
});

test("prerequisites exist and lead nowhere in a circle", () => {
  const of = (id: string, ...prerequisites: string[]) => ({ ...scenario, id, prerequisites });
  expect(lintPrerequisites([of("a"), of("b", "a"), of("c", "a", "b")])).toEqual([]);
  expect(lintPrerequisites([of("a", "x")])).toHaveLength(1);
  expect(lintPrerequisites([of("a", "c"), of("b", "a"), of("c", "b"), of("d", "c")])).toHaveLength(3);
});

test("the same scenario is the same text, whatever the order it was written in", () => {
  const reordered = JSON.parse(JSON.stringify(scenario), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  ) as Scenario;
  expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(scenario));
  expect(canonicalJson(reordered)).toBe(canonicalJson(scenario));
  expect(JSON.parse(canonicalJson(scenario))).toEqual(scenario);
  expect(scenarioSchema.parse(JSON.parse(canonicalJson(scenario)))).toEqual(scenario);
});
