import { toChances } from "./exponential.ts";
import { featuresOf, wordsOf } from "./features.ts";
import { isInsult } from "./insults.ts";
import { halvesOf, isBare, isList } from "./key-words.ts";
import { goesOn, isNegated, isReported } from "./negation.ts";
import { isRemark, isRequest } from "./requests.ts";
import { clausesOf, sentencesOf } from "./sentences.ts";
import type { Recogniser } from "./weights.ts";

export interface Thresholds {
  /** The least probability of an act. */
  sure: number;
  /** The least of an act of a clause, where a sentence has several. */
  sureOfClause: number;
  /** The least of a sentence as a whole, where its clauses have acts of their own. */
  sureBesideClauses: number;
  /** How many times as probable as the next one it is at least. */
  ahead: number;
  /** The least of asking for a secret and of being rude, where the words for it are there too. */
  sureOfGuarded: number;
  /** The least of telling what must not be told in other words than its own. */
  sureOfTelling: number;
  /** What the chance that it is none of the acts counts for, where a mistake costs little. */
  doubt: number;
  /** The least share of a sentence's features that was ever seen. */
  known: number;
}

export const shippedThresholds: Thresholds = {
  sure: 0.4,
  sureOfClause: 0.6,
  sureBesideClauses: 0.8,
  ahead: 2,
  doubt: 0.5,
  sureOfGuarded: 0.5,
  sureOfTelling: 0.9,
  known: 0.5,
};

/** More bare key words of different acts than this are a list, not a message, and so are as many of several kinds. */
const MOST_BARE = 3;

interface Found {
  act: string;
  isBare: boolean;
}

/** Shorter questions are asked in passing: right? all good? */
const QUESTION_WORDS = 3;

export interface Understood {
  /** In order; what is not understood has none, and neither has a list of key words. */
  acts: string[];
  /** How many of the questions have none. */
  missed: number;
}

/** The acts of a message. */
export const recognise = (recogniser: Recogniser, message: string, thresholds?: Thresholds): string[] =>
  understand(recogniser, message, thresholds).acts;

/** The acts of a message, and what of it was not understood. */
export function understand(
  recogniser: Recogniser,
  message: string,
  thresholds: Thresholds = shippedThresholds,
): Understood {
  const sentences = sentencesOf(message).map((sentence) => ({
    sentence,
    found: actsOf(recogniser, sentence, thresholds),
  }));
  const missed = sentences.filter(
    ({ sentence, found }) => found.length === 0 && isQuestion(sentence) && tellsNothing(recogniser, sentence),
  ).length;
  return {
    acts: actsOfAll(
      recogniser,
      message,
      sentences.flatMap(({ found }) => found),
    ),
    missed,
  };
}

const isQuestion = (sentence: string): boolean =>
  sentence.endsWith("?") && wordsOf(sentence).length >= QUESTION_WORDS;
const tellsNothing = (recogniser: Recogniser, sentence: string): boolean =>
  toldBy(recogniser, sentence).length === 0;

function actsOfAll(recogniser: Recogniser, message: string, found: readonly Found[]): string[] {
  const bare = new Set(found.filter((one) => one.isBare).map(({ act }) => act));
  const isPasted =
    bare.size > MOST_BARE || (bare.size === MOST_BARE && [...bare].some((act) => !act.startsWith("ask.")));
  const isListed = (one: Found) => isPasted && one.isBare && !recogniser.guarded.has(one.act);
  const acts = new Set(found.filter((one) => !isListed(one)).map(({ act }) => act));
  const told = toldBy(recogniser, message);
  // Who reads a fact out and wants it confirmed has not asked for it.
  for (const act of told) acts.delete(act.replace("tell.", "ask."));
  return [...acts.union(new Set(told))];
}

/** The acts of the clauses of a sentence, and its own where it is surer than they need to be. */
function actsOf(recogniser: Recogniser, sentence: string, thresholds: Thresholds): Found[] {
  const clauses = clausesOf(sentence);
  const parts = clauses.length > 1 ? partsOf(recogniser, sentence, clauses, thresholds) : [];
  const surer = parts.length > 0 ? { ...thresholds, sure: thresholds.sureBesideClauses } : thresholds;
  const act = actOf(recogniser, sentence, surer, isNegated(sentence));
  if (act === null || parts.some((part) => part.act === act)) return parts;
  return [...parts, { act, isBare: isBare(sentence) }];
}

function partsOf(
  recogniser: Recogniser,
  sentence: string,
  clauses: readonly string[],
  thresholds: Thresholds,
): Found[] {
  const asks = sentence.endsWith("?");
  const surer = { ...thresholds, sure: thresholds.sureOfClause };
  let negated = false;
  return clauses.flatMap((clause, place): Found[] => {
    const said = asks && place === clauses.length - 1 ? clause : clause.replace(/\?$/u, "");
    negated = isNegated(said) || (negated && goesOn(said));
    const act = actOf(recogniser, said, surer, negated);
    return act === null ? [] : [{ act, isBare: isBare(said) }];
  });
}

/** The act of one clause, or null where it is none, or it is not sure which. */
function actOf(
  recogniser: Recogniser,
  clause: string,
  thresholds: Thresholds,
  negated: boolean,
): string | null {
  if (isList(clause)) return null;
  const act = guess(recogniser, clause, thresholds);
  if (act === null || (negated && !recogniser.negatable.has(act))) return null;
  if (act.startsWith("ask.") && ((!recogniser.reportable.has(act) && isReported(clause)) || isRemark(clause)))
    return null;
  if (recogniser.guarded.has(act) && !isCertain(recogniser, act, clause, thresholds, negated)) return null;
  return isBare(clause) && isMixed(recogniser, clause, thresholds) ? null : act;
}

/** Whether it is beyond doubt that a clause is an act that costs a score. */
function isCertain(
  recogniser: Recogniser,
  act: string,
  clause: string,
  thresholds: Thresholds,
  negated: boolean,
): boolean {
  const surely = (sure: number) =>
    guess(recogniser, clause, { ...thresholds, doubt: 1, sure: Math.max(sure, thresholds.sure) }) === act;
  if (act.startsWith("ask.")) return isRequest(clause) && surely(thresholds.sureOfGuarded);
  if (act === "rude") return isInsult(clause, negated) && surely(thresholds.sureOfGuarded);
  return surely(thresholds.sureOfTelling);
}

/** Whether a bare clause is several: its halves are different acts, and not the words of one name. */
const isMixed = (recogniser: Recogniser, clause: string, thresholds: Thresholds): boolean =>
  halvesOf(clause).some((halves) => {
    const [one, other] = halves.map((half) => guess(recogniser, half, thresholds));
    if (one == null || other == null || one === other) return false;
    if (one === "thank" && other === "close") return false;
    const areQuestions = one.startsWith("ask.") && other.startsWith("ask.");
    return !areQuestions || halves.every((half) => half.includes(" "));
  });

function guess(
  recogniser: Recogniser,
  clause: string,
  { sure, ahead, known, doubt }: Thresholds,
): string | null {
  const features = featuresOf(clause);
  const { chances, seen } = chancesOf(recogniser, features);
  if (seen === 0 || seen < known * features.size) return null;
  const none = chances.length - 1;
  const others = 1 - chances[none]! * (1 - doubt);
  chances[none]! *= doubt;
  let first = 0;
  let second = -1;
  for (let act = 1; act < chances.length; act += 1) {
    if (chances[act]! > chances[first]!) [first, second] = [act, first];
    else if (second < 0 || chances[act]! > chances[second]!) second = act;
  }
  const isSure = chances[first]! >= sure * others && chances[first]! >= ahead * chances[second]!;
  return isSure ? (recogniser.acts[first] ?? null) : null;
}

/** The likeliest act of a message, however unlikely. */
export function likeliestOf(recogniser: Recogniser, message: string): string {
  const { chances } = chancesOf(recogniser, featuresOf(message));
  const [first, ...rest] = recogniser.acts.keys();
  return recogniser.acts[rest.reduce((best, act) => (chances[act]! > chances[best]! ? act : best), first!)]!;
}

/** How probable each act is, and last that it is none; and how many of the features were ever seen. */
function chancesOf(
  { bias, speaks, unit }: Recogniser,
  features: ReadonlySet<number>,
): { chances: Float64Array; seen: number } {
  const scores = new Float64Array(bias.length);
  let seen = 0;
  for (const feature of features) {
    const pairs = speaks.get(feature);
    if (!pairs) continue;
    seen += 1;
    for (let at = 0; at < pairs.length; at += 2) scores[pairs[at]! & 255]! += pairs[at + 1]!;
  }
  // Long sentences are no surer than short ones: what is summed is scaled by the root of how much there is.
  const scale = 1 / Math.sqrt(Math.max(1, seen));
  for (let act = 0; act < scores.length; act += 1) scores[act] = (scores[act]! * scale + bias[act]!) / unit;
  toChances(scores);
  return { chances: scores, seen };
}

/** What a message tells that it must not: the words themselves, however they are put. */
function toldBy({ telling }: Recogniser, message: string): string[] {
  const text = ` ${wordsOf(message).join(" ").replaceAll("'s ", " ")} `;
  return telling.filter(([, texts]) => texts.some((one) => text.includes(` ${one} `))).map(([act]) => act);
}
