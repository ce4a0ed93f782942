import type { Scenario } from "../scenario.ts";
import type { Model } from "./model.ts";
import { otherSentences, sharedPhrases } from "./shared-phrases.ts";
import { trainModel } from "./train.ts";

/** The recogniser of a scenario: the shared acts, a question for every fact, and what its author wrote. */
export function scenarioModel({ facts, phrases }: Pick<Scenario, "facts" | "phrases">): Model {
  const questions = Object.entries(facts).map(([fact, { name }]) => [
    `ask.${fact}`,
    [
      `What is your ${name}?`,
      `Could you tell me the ${name}, please?`,
      `${name} please`,
      name,
      `I need your ${name}.`,
    ],
  ]);
  const all: Record<string, string[]> = { ...(Object.fromEntries(questions) as Record<string, string[]>) };
  for (const some of [sharedPhrases, phrases])
    for (const [act, lines] of Object.entries(some)) all[act] = [...(all[act] ?? []), ...lines];
  return trainModel(all, otherSentences);
}
