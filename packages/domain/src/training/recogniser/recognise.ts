import { clausesOf, featuresOf, sentencesOf } from "./features.ts";
import { type Model, OTHER, probabilities } from "./model.ts";

export interface Thresholds {
  /** The least probability of an act. */
  sure: number;
  /** The least it must be ahead of the next one, as a share. */
  ahead: number;
  /** The least share of a sentence's features that the model has ever seen. */
  known: number;
}

export const shippedThresholds: Thresholds = { sure: 0.5, ahead: 2, known: 0.3 };

/** More acts than this in one message are a list of words, not a message. */
const MOST_ACTS = 5;

/** The acts of a message, in order; what is not understood has none, and neither has a list of key words. */
export function recognise(model: Model, text: string, thresholds: Thresholds = shippedThresholds): string[] {
  const acts = new Set(sentencesOf(text).flatMap((sentence) => actsOf(model, sentence, thresholds)));
  return acts.size > MOST_ACTS ? [] : [...acts];
}

/** The act of a sentence, and those of its clauses that are surer than a sentence needs to be. */
function actsOf(model: Model, sentence: string, thresholds: Thresholds): string[] {
  const clauses = clausesOf(sentence);
  const whole = actOf(model, sentence, thresholds);
  if (clauses.length === 1) return whole === null ? [] : [whole];
  const surer = { ...thresholds, sure: Math.max(thresholds.sure, CLAUSE_SURE) };
  const parts = clauses.flatMap((clause) => actOf(model, clause, surer) ?? []);
  return whole === null || parts.includes(whole) ? parts : [...parts, whole];
}

const CLAUSE_SURE = 0.7;

/** The act of one sentence, or null where it is none or the model is not sure. */
export function actOf(model: Model, sentence: string, thresholds: Thresholds): string | null {
  const features = featuresOf(sentence);
  const known = [...features].filter((feature) => feature in model.weights).length;
  if (known < thresholds.known * features.size) return null;
  const chances = probabilities(model, features);
  const order = chances.map((_, index) => index).sort((a, b) => chances[b]! - chances[a]!);
  const [first, second] = order as [number, number];
  const act = model.acts[first]!;
  const isSure =
    chances[first]! >= thresholds.sure && chances[first]! >= thresholds.ahead * (chances[second] ?? 0);
  return act === OTHER || !isSure ? null : act;
}
