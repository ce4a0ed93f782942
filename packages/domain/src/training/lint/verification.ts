import type { Cast, Scenario } from "../scenario.ts";
import type { LintProblem } from "./problem.ts";

/** Owners can prove who they are, nobody else can, and knowing things is never enough. */
export function verificationProblems(scenario: Scenario): LintProblem[] {
  return [...factorProblems(scenario), ...requiredProblems(scenario), ...privacyProblems(scenario)];
}

function factorProblems({ tools, verification: { factors, neverAsk } }: Scenario): LintProblem[] {
  return Object.entries(factors).flatMap(([name, { kind, fact, tool }]) => {
    const path = `verification.factors.${name}`;
    if (kind !== "knowledge") {
      const isProof = tool && !fact && tools[tool]?.provesIdentity;
      return isProof ? [] : [{ path, message: "It takes a tool that proves identity, and no fact." }];
    }
    return [
      ...(!fact || tool ? [{ path, message: "What is known is a fact, and no tool." }] : []),
      ...(fact && neverAsk.includes(fact) ? [{ path, message: "It must never be asked for." }] : []),
    ];
  });
}

function requiredProblems(scenario: Scenario): LintProblem[] {
  const { required, knowledgeCap } = scenario.verification;
  return Object.entries(required).flatMap(([tool, points]) => {
    const path = `verification.required.${tool}`;
    return [
      ...(knowledgeCap >= points
        ? [{ path, message: "Knowledge alone opens it: leaked data is no identity." }]
        : []),
      ...scenario.cast.flatMap((persona) => {
        const reach = reachOf(scenario, persona);
        if (persona.role === "owner" && reach < points)
          return [{ path, message: `${persona.id} reaches ${reach} points of ${points}.` }];
        return persona.role === "impostor" && reach >= points
          ? [{ path, message: `The impostor ${persona.id} reaches ${reach} points of ${points}.` }]
          : [];
      }),
    ];
  });
}

/** The points that a persona can reach: only an owner makes a tool that proves identity succeed. */
function reachOf({ verification }: Scenario, { role, knows, evade }: Cast): number {
  const { factors, knowledgeCap } = verification;
  let knowledge = 0;
  let others = 0;
  for (const { kind, points, fact } of Object.values(factors)) {
    if (kind !== "knowledge") others += role === "owner" ? points : 0;
    else if (fact && knows.includes(fact) && !(fact in evade)) knowledge += points;
  }
  return Math.min(knowledge, knowledgeCap) + others;
}

/** What is personal is kept, and telling it can be heard. */
function privacyProblems({ facts, phrases, verification: { neverAsk, neverTell } }: Scenario): LintProblem[] {
  return [
    ...Object.entries(facts)
      .filter(([name, { isPersonal }]) => isPersonal && ![...neverAsk, ...neverTell].includes(name))
      .map(([name]) => ({
        path: `facts.${name}`,
        message: "It is personal: list it in neverTell, or a secret in neverAsk.",
      })),
    ...neverTell
      .filter((name) => facts[name]?.isPersonal === false)
      .map((name) => ({ path: "verification.neverTell", message: `${name} is not personal.` })),
    ...neverTell
      .filter((name) => name in facts && !(`tell.${name}` in phrases))
      .map((name) => ({
        path: "phrases",
        message: `Nobody hears it told without phrases for tell.${name}.`,
      })),
  ];
}
