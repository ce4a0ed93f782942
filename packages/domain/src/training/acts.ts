import { z } from "zod";

/** What a message does, whatever its words: `greet`, `ask.employee_id`, `instruct.restart` … */
export const actSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$/)
  .max(100);

/** The acts that every scenario shares, with what they mean to a trainer who corrects one. */
export const sharedActs = {
  greet: "Greets",
  empathize: "Shows understanding",
  apologize: "Apologizes",
  explain: "Says what happens next and why",
  set_expectation: "Says how long it will take",
  reassure: "Reassures",
  thank: "Thanks",
  hold: "Asks for a moment",
  check_understanding: "Makes sure that both mean the same",
  confirm_fixed: "Asks whether it works now",
  offer_more_help: "Asks whether there is anything else",
  refuse: "Refuses, or says that it cannot be done like this",
  explain_refusal: "Says why it is refused",
  escalate: "Says that somebody else takes over",
  close: "Says good-bye",
  rude: "Is rude",
} as const;

export type SharedAct = keyof typeof sharedActs;

/** Acts on something of a scenario: `ask.employee_id`, `tell.manager_name`, `instruct.restart`. */
export const actFamilies = ["ask", "tell", "instruct"] as const;

export const isSharedAct = (act: string): act is SharedAct => Object.hasOwn(sharedActs, act);
