import type { Answer } from "../answer.ts";
import type { Setting } from "../persona.ts";
import { MAX_TEXT } from "../session-log.ts";
import { everydayWords } from "./everyday-words.ts";

export const wordingProblems = [
  "length",
  "characters",
  "meta_talk",
  "fact_missing",
  "fact_leaked",
  "word_not_in_script",
  "meaning_turned",
] as const;
export type WordingProblem = (typeof wordingProblems)[number];

/** A line as it is said: the proposed wording, or the script where that has a problem. */
export interface Worded {
  text: string;
  problem: WordingProblem | null;
}

/**
 * Lets another wording of a scripted answer pass only where it can say nothing else: every fact that is told word for
 * word, no other, and no number, address or name, indeed no word at all, that is not the script's, the ticket's or
 * everyday. What decides is what is left over, so a code or a foreign spelling of a fact does not pass either.
 */
export function guardWording(setting: Setting, scripted: Answer, proposed: string): Worded {
  const problem = problemOf(setting, scripted, proposed);
  return problem === null ? { text: proposed, problem } : { text: scripted.text, problem };
}

/** Longer than this many times the script, and some, is no rewording of it. */
const LONGER = 2;
const ROOM = 80;
const SHORTER = 4;

function problemOf(
  { scenario }: Setting,
  { text: script, tells }: Answer,
  proposed: string,
): WordingProblem | null {
  const { length } = proposed;
  if (length > Math.min(MAX_TEXT, script.length * LONGER + ROOM) || length * SHORTER < script.length)
    return "length";
  if (
    proposed !== proposed.trim() ||
    /[^\p{L}\p{N}\p{P}\p{Zs}]|[{}[\]@#*_\\/]/u.test(without(proposed, script))
  )
    return "characters";
  if (META.test(proposed) && !META.test(script)) return "meta_talk";

  const facts = Object.entries(scenario.facts);
  const told = facts.filter(([name]) => tells.includes(name)).map(([, { value }]) => value);
  if (!told.every((value) => proposed.includes(value))) return "fact_missing";
  const others = facts.filter(([name]) => !tells.includes(name)).map(([, { value }]) => value);
  if (others.some((value) => says(proposed, script, value))) return "fact_leaked";

  const { subject, body } = scenario.ticket;
  const known = new Set([
    ...wordsOf(script),
    ...wordsOf(`${subject} ${body}`).filter((word) => !/\p{N}/u.test(word)),
  ]);
  if (wordsOf(proposed).some((word) => !known.has(word) && !everydayWords.has(word)))
    return "word_not_in_script";
  return isNegative(proposed) === isNegative(script) && isQuestion(proposed) === isQuestion(script)
    ? null
    : "meaning_turned";
}

const META =
  /\b(an? ai|language model|chat ?bot|assistant|prompt|instructions?|system message|scenario|persona|role ?play\w*|simulat\w+|script\w*|trainee|training|impostor|customer|fiction\w*|pretend\w*)\b/iu;

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .match(/[\p{L}\p{M}\p{N}]+(?:'\p{L}+)?/gu) ?? [];

/** Characters that the script has are nobody's harm. */
const without = (text: string, script: string): string =>
  Array.from(text)
    .filter((character) => !script.includes(character))
    .join("");

const bare = (text: string): string => wordsOf(text).join("").replaceAll("'", "");

/** Of a value as short as a name or a number any word gives it away; of a longer one, three in a row. */
function says(proposed: string, script: string, value: string): boolean {
  if (bare(proposed).includes(bare(value))) return true;
  const words = wordsOf(value);
  const run = words.length > 4 ? 3 : 1;
  const runs = words.slice(0, words.length - run + 1).map((_, at) => words.slice(at, at + run));
  const has = (text: string, some: readonly string[]) =>
    ` ${wordsOf(text).join(" ")} `.includes(` ${some.join(" ")} `);
  return runs.some((some) => some.join("").length >= 4 && has(proposed, some) && !has(script, some));
}

const NEGATIVE = /\b(no|not|nothing|never|nobody|none|neither|nor|without|cannot)\b|n['’]t\b/iu;
const isNegative = (text: string): boolean => NEGATIVE.test(text);
const isQuestion = (text: string): boolean => text.includes("?");
