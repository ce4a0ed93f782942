import { type Decision, decide } from "./decision.ts";
import type { Situation } from "./situation.ts";

/** Looks at a ticket's clocks and does nothing else: what they did by themselves until now are its events. */
export const watchClocks = (situation: Situation): Decision => decide(situation, []);
