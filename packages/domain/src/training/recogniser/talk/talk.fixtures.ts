import { createHash } from "node:crypto";
import type { Scenario } from "../../scenario.ts";
import { linesOf } from "../phrases/lines.ts";
import { everywhere } from "./everywhere.fixtures.ts";
import { inScenarios } from "./scenarios.fixtures.ts";

export interface Sentence {
  /** The scenario that it is said in; null for all of them. */
  scenario: string | null;
  text: string;
  /** What it may be heard as: one of these sets of acts; null for whatever does no harm. */
  as: readonly (readonly string[])[] | null;
  /** Put aside: nobody who betters the recogniser looks at it. */
  isHeldOut: boolean;
}

const isHeldOut = (text: string): boolean => createHash("sha256").update(text).digest()[0]! % 2 === 0;

const expected = (key: string): Sentence["as"] => {
  if (key === "anything") return null;
  return key.split(" / ").map((one) => (one === "none" ? [] : one.split(" + ")));
};

const sentencesOf = (scenario: string | null, talk: Readonly<Record<string, string>>): Sentence[] =>
  Object.entries(talk).flatMap(([key, text]) =>
    linesOf(text).map((line) => ({ scenario, text: line, as: expected(key), isHeldOut: isHeldOut(line) })),
  );

/** More than 600 sentences, half of them put aside by the hash of each. */
export const talk: readonly Sentence[] = [
  ...sentencesOf(null, everywhere),
  ...Object.entries(inScenarios).flatMap(([scenario, said]) => sentencesOf(scenario, said)),
];

/** How a sentence was heard: all of it and nothing else, part of it or more than it, not at all, or as another thing. */
export function heardAs(
  { as, text }: Sentence,
  heard: readonly string[],
): "right" | "partly" | "rephrase" | "wrong" {
  if (as === null) return "right";
  // "Sorry, no" is an apology too.
  const acts = heard.filter(
    (act) => act !== "apologize" || !/sorry/iu.test(text) || !as.flat().includes("refuse"),
  );
  if (as.some((set) => set.length === acts.length && set.every((act) => acts.includes(act)))) return "right";
  if (acts.length === 0) return "rephrase";
  return as.some((set) => set.some((act) => acts.includes(act))) ? "partly" : "wrong";
}

/** What would cost the trainee points that they do not deserve: a secret asked, data told, rudeness. */
export function harmIn(
  { as }: Sentence,
  acts: readonly string[],
  { neverAsk }: Scenario["verification"],
): string[] {
  const isHarmful = (act: string) =>
    act === "rude" || act.startsWith("tell.") || neverAsk.some((fact) => act === `ask.${fact}`);
  return acts.filter((act) => isHarmful(act) && !as?.some((set) => set.includes(act)));
}
