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
  [
    "a secret that somebody would say",
    (s) => {
      s.cast[0]!.knows.push("mfa_code");
      delete s.cast[0]!.evade["mfa_code"];
    },
    "cast.maria.evade: A secret stays one: mfa_code is evaded when asked for.",
  ],
  [
    "a line for a fact that is never said",
    (s) => void (s.cast[1]!.says["employee_id"] = ["It is {value}."]),
    "cast.caller.says.employee_id: They never say it.",
  ],
  [
    "a line for a fact without the fact",
    (s) => void (s.cast[0]!.says["department"] = ["The nice one."]),
    "cast.maria.says.department: {value} is in it once: The nice one.",
  ],
  [
    "an answer to a question",
    (s) => void (s.cast[0]!.answers["ask.symptom"] = ["It beeps."]),
    "cast.maria.answers.ask.symptom: A question is answered by says or evade.",
  ],
  [
    "an answer to what cannot be said",
    (s) => void (s.cast[0]!.answers["instruct.dance"] = ["La la."]),
    "cast.maria.answers.instruct.dance: There is no such act.",
  ],
  [
    "a step of the ladder that nobody hears",
    (s) => void (s.cast[1]!.givesUpAfter = 2),
    "cast.caller.givesUpAfter: Only 1 of 3 steps are heard before they give up.",
  ],
  [
    "something personal that may be told",
    (s) => void (s.verification.neverTell = ["employee_id", "desk_phone"]),
    "facts.manager_name: It is personal: list it in neverTell, or a secret in neverAsk.",
  ],
  [
    "something that is not personal and must not be told",
    (s) => void s.verification.neverTell.push("department"),
    "verification.neverTell: department is not personal.",
  ],
  [
    "a line that says the name in a fact",
    (s) => void (s.cast[1]!.answers["thank"] = ["Jonas will be glad."]),
    "cast.caller: A line says “Jonas” of the fact manager_name: Jonas will be glad.",
  ],
  [
    "a step of the ladder that says the number in a fact",
    (s) => void s.cast[0]!.pressure[0]!.lines.push("Ring me, 4471!"),
    "cast.maria: A line says “4471” of the fact desk_phone: Ring me, 4471!",
  ],
  [
    "a question for one fact that has another's date in its answer",
    (s) => {
      s.facts["since_when"] = { name: "time it began", value: "the third of March", isPersonal: false };
      s.facts["until"] = { name: "end", value: "the end of March", isPersonal: false };
      s.cast[0]!.knows.push("since_when");
      s.cast[0]!.evade["until"] = ["I cannot say."];
    },
    "cast.maria.knows: since_when says “March” of until, which they keep.",
  ],
  [
    "pressure that only an impostor exerts",
    (s) => void (s.cast[0]!.pressure = []),
    "cast: Only the impostor presses, and is known by it: let an owner press too.",
  ],
  [
    "a leak that nobody hears",
    (s) => void delete s.phrases["tell.manager_name"],
    "phrases: Nobody hears it told without phrases for tell.manager_name.",
  ],
  [
    "a ticket that says what is to be asked for",
    (s) => void (s.ticket.body += " I am in field sales."),
    "ticket: It says the fact department, which is there to be asked for.",
  ],
  [
    "a fact within a fact",
    (s) => void (s.facts["department"]!.value = "Keller"),
    "facts.full_name: Who says it also says department: one has the other in it.",
  ],
  [
    "a fact of two letters",
    (s) => void (s.facts["department"]!.value = "HR"),
    "facts.department: It is too short to be told from other words.",
  ],
  [
    "a fix that can never be made",
    (s) => void (s.tools["reset_mfa"]!.requires = { phone_lost: false }),
    "tools.reset_mfa.requires: It never works: nothing makes phone_lost false.",
  ],
  [
    "a fix that mends nothing",
    (s) => void (s.tools["reset_mfa"]!.effects = { phone_lost: true }),
    "tools.reset_mfa.effects: It mends nothing: the world is so already.",
  ],
  [
    "fixes that undo each other",
    (s) => {
      s.tools["call_back"]!.isFix = true;
      s.tools["call_back"]!.effects = { mfa_enrolled: true, phone_lost: false };
    },
    "tools.reset_mfa.effects: Another fix makes mfa_enrolled something else.",
  ],
  [
    "a criterion for nobody",
    (s) => void s.cast.pop(),
    "criteria.verification.refused: Nobody of the cast is impostor.",
  ],
  [
    "a section of answers alone, to what may never come",
    (s) =>
      void (s.criteria.documentation = [
        { id: "calmed", weight: 1, text: "Calmed", response: { to: "customer.upset", by: "say.empathize" } },
      ]),
    "criteria.documentation: Nothing is judged for the owner.",
  ],
  [
    "pressure that nobody exerts",
    (s) =>
      void (s.criteria.technical[4] = {
        ...s.criteria.technical[4]!,
        exercised: "customer.presses.flattery",
      } as never),
    "criteria.technical.held: Nothing is marked customer.presses.flattery.",
  ],
  ["a price of its own", (s) => void (s.xp = 900), "xp: What is intermediate pays 100."],
  [
    "a clock that runs backward",
    (s) => void (s.time.handling.zeroSeconds = 60),
    "time.handling: fullSeconds are fewer than zeroSeconds.",
  ],
  [
    "an unsafe action that is worth something",
    (s) => void (s.autoFail.unverified_action = 10),
    "autoFail.unverified_action: Nothing is worth anything after an unsafe action: it is 0.",
  ],
  [
    "a leak that can still be passed",
    (s) => void (s.autoFail.leaked_personal_data = 70),
    "autoFail.leaked_personal_data: It could still be passed: less than the pass mark.",
  ],
  [
    "an owner who is left alone with a pass for it",
    (s) => void (s.autoFail.unsolved = 70),
    "autoFail.unsolved: It could still be passed: less than the pass mark.",
  ],
  [
    "one of several occasions that nothing marks",
    (s) =>
      void (s.criteria.technical[4] = {
        ...s.criteria.technical[4]!,
        exercised: ["customer.evades.*", "tool_failed.crystal_ball"],
      } as never),
    "criteria.technical.held: Nothing is marked tool_failed.crystal_ball.",
  ],
  [
    "a cause without another",
    (s) => void (s.rootCause.options = { lost_device: "The device is lost" }),
    "rootCause.options: There is nothing to choose from.",
  ],
  [
    "an article twice",
    (s) => void s.knowledge.push(s.knowledge[0]!),
    "knowledge: kb_lost_authenticator is there twice.",
  ],
  [
    "pay for doing nothing",
    (s) => void s.criteria.technical.push({ id: "ended", weight: 1, text: "Ended it", has: "resolve" }),
    "criteria.technical.ended: Who does nothing is paid for it (maria, resolved).",
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
