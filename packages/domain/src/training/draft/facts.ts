import type { Scenario } from "../scenario.ts";
import type { Conversation } from "./conversation.ts";
import { type Removal, removalNames, type RemovalKind } from "./removal.ts";
import { isCourtesy, oneLine, spokenSentences, withoutGreeting } from "./sentences.ts";

export type Facts = Scenario["facts"];

/** What a customer says of themselves becomes a fact, with the placeholder as its value. */
const personal: Partial<Record<RemovalKind, string>> = {
  email: "email_address",
  phone: "phone_number",
  identifier: "reference_number",
  address: "postal_address",
  birth_date: "date_of_birth",
};
const secretKinds: ReadonlySet<RemovalKind> = new Set([
  "password",
  "one_time_code",
  "security_answer",
  "key",
  "card",
  "iban",
]);

const DETAILED = /"|\b(error|says|shows|message|code|since|when|after|because)\b/i;

/**
 * A description in two: what the ticket says, and one sentence of it that an agent has to ask for, the most telling
 * one. Where there is one sentence only, it is both, and the author parts it.
 */
export function matterOf(description: string, subject: string): { body: string; symptom: string } {
  const sentences = spokenSentences(description)
    .filter((sentence) => !isCourtesy(sentence))
    .map(withoutGreeting);
  const symptom = sentences.findLast((sentence) => DETAILED.test(sentence)) ?? sentences.at(-1) ?? subject;
  const rest = sentences.filter((sentence) => sentence !== symptom);
  return { body: oneLine(rest.join(" ")) || symptom, symptom };
}

/** What the customer can be asked for: what happens, and what they said of themselves; a secret is there never to be asked for. */
export function customersFacts(symptom: string, words: string, removed: readonly Removal[]): Facts {
  const facts: Facts = { symptom: { name: "what happens", value: symptom, isPersonal: false } };
  for (const { kind, placeholder } of removed) {
    const fact = personal[kind];
    if (fact && placeholder && !(fact in facts) && words.includes(placeholder))
      facts[fact] = { name: removalNames[kind], value: placeholder, isPersonal: true };
    if (secretKinds.has(kind))
      facts["secret"] = {
        name: "password or code",
        value: "[what must never be asked for]",
        isPersonal: true,
      };
  }
  return facts;
}

/** With what agents asked beside that; a placeholder that stands in such an answer is no fact of its own. */
export function withAnswers(facts: Facts, { questions, phrases }: Conversation): Facts {
  const answers = questions.map(({ value }) => value);
  const kept = Object.entries(facts).filter(
    ([fact, { value, isPersonal }]) =>
      !isPersonal || `ask.${fact}` in phrases || !answers.some((answer) => answer.includes(value)),
  );
  const isPersonal = (value: string) => /\[[^\]]+ \d+\]/.test(value);
  const asked = questions.map(
    ({ fact, name, value }) => [fact, { name, value, isPersonal: isPersonal(value) }] as const,
  );
  return { ...Object.fromEntries(asked), ...Object.fromEntries(kept) };
}
