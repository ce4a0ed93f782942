import { likeliestOf } from "../recognise.ts";
import type { Recogniser } from "../weights.ts";

const keyWords: readonly (readonly [word: string, act: string])[] = [
  ["maiden", "ask.maiden_name"],
  ["mother", "ask.maiden_name"],
  ["pet", "ask.pet_name"],
  ["birth", "ask.date_of_birth"],
  ["dob", "ask.date_of_birth"],
  ["born", "ask.date_of_birth"],
  ["pin", "ask.pin"],
  ["account", "ask.account_number"],
  ["employee", "ask.employee_id"],
  ["badge", "ask.employee_id"],
  ["department", "ask.department"],
  ["manager", "ask.manager_name"],
  ["name", "ask.full_name"],
  ["anything else", "offer_more_help"],
  ["bye", "close"],
  ["nice day", "close"],
  ["cannot", "refuse"],
  ["can't", "refuse"],
  ["unable", "refuse"],
  ["hello", "greet"],
  ["help", "greet"],
  ["hi", "greet"],
];

/** What other simulators do: the first key word that is anywhere in a message says what it is. */
export function bySubstring(message: string): string[] {
  const text = message.toLowerCase();
  const found = keyWords.find(([word]) => text.includes(word));
  return found ? [found[1]] : [];
}

/** The same weights without a way to say "I do not know": every message is the likeliest of the acts. */
export const withoutAbstention =
  (recogniser: Recogniser) =>
  (message: string): string[] => [likeliestOf(recogniser, message)];
