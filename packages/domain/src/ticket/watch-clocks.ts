import { inOne } from "./bundle.ts";
import { type Decision, decide } from "./decision.ts";
import { type People, escalate } from "./escalate.ts";
import type { Situation } from "./situation.ts";

/**
 * Looks at a ticket's clocks: what they did by themselves until now are its events, and the escalation steps that have
 * come are taken. Without `people` steps wait for a look that knows them.
 */
export const watchClocks = (situation: Situation, people: People | null = null): Decision =>
  people === null ? decide(situation, []) : inOne(situation, [(s) => escalate(s, people)]);
