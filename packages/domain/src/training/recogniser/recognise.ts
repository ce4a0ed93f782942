import { featuresOf, sentencesOf } from "./features.ts";
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

/** The acts of a message, one at most a sentence; a sentence that is not understood has none. */
export function recognise(model: Model, text: string, thresholds: Thresholds = shippedThresholds): string[] {
  const acts = sentencesOf(text).flatMap((sentence) => actOf(model, sentence, thresholds) ?? []);
  return [...new Set(acts)];
}

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
