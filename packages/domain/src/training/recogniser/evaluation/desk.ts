import { factQuestions } from "../phrases/facts.ts";
import type { Curriculum } from "../lessons.ts";

const checked = [
  "full_name",
  "account_number",
  "date_of_birth",
  "pin",
  "maiden_name",
  "pet_name",
  "employee_id",
  "department",
  "manager_name",
] as const;

/** A desk that checks who people are in all the ways of the corpus, and in three that it does not know. */
export const identityDesk: Curriculum = {
  facts: Object.fromEntries(
    checked.map((fact) => [fact, { name: factQuestions[fact]!.names[0]!, value: "…", isPersonal: true }]),
  ),
  phrases: {},
  verification: { required: {}, factors: {}, knowledgeCap: 0, neverAsk: [], neverTell: [] },
};

/** What the labels of the corpus are to us; all others are none of our acts. */
export const actOfLabel: Readonly<Record<string, string>> = {
  ask_name: "ask.full_name",
  bank_ask_account_number: "ask.account_number",
  bank_ask_dob: "ask.date_of_birth",
  bank_ask_pin: "ask.pin",
  bank_ask_mothers_maiden_name: "ask.maiden_name",
  bank_ask_childhood_pets_name: "ask.pet_name",
  hello: "greet",
  anything_else: "offer_more_help",
  bank_inform_cannot_authenticate: "refuse",
  goodbye_1: "close",
  goodbye_2: "close",
};

export const isCheck = (act: string): boolean => act.startsWith("ask.");
