import { featuresOf } from "./features.ts";
import { type Model, OTHER, softmax } from "./model.ts";

/** What people say, by the act that it is. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

export interface Training {
  epochs: number;
  rate: number;
  /** How far weights are drawn to nothing at each step. */
  decay: number;
}

const usual: Training = { epochs: 60, rate: 2, decay: 0.0005 };

/**
 * A model of phrases, by gradient descent in a fixed order: the same phrases make the same model. `others` are
 * sentences that are none of the acts.
 */
export function trainModel(phrases: Phrases, others: readonly string[], how: Training = usual): Model {
  const acts = [...Object.keys(phrases).toSorted(), OTHER];
  const examples = [
    ...acts.slice(0, -1).flatMap((act, label) => phrases[act]!.map((text) => ({ label, text }))),
    ...others.map((text) => ({ label: acts.length - 1, text })),
  ].map(({ label, text }) => ({ label, features: [...featuresOf(text)] }));
  // Acts with few phrases count as much as those with many.
  const counts = acts.map((_, label) => examples.filter((example) => example.label === label).length);
  const weights = new Map<string, Float64Array>();
  for (const { features } of examples)
    for (const feature of features)
      if (!weights.has(feature)) weights.set(feature, new Float64Array(acts.length));
  const bias = new Float64Array(acts.length);

  for (let epoch = 0; epoch < how.epochs; epoch += 1) {
    const rate = how.rate / (1 + epoch / 10);
    for (const { label, features } of inTurns(examples, counts)) {
      const scale = 1 / Math.sqrt(features.length);
      const scores = Array.from(bias);
      for (const feature of features) {
        const row = weights.get(feature)!;
        for (let act = 0; act < row.length; act += 1) scores[act]! += row[act]! * scale;
      }
      const chances = softmax(scores);
      for (let act = 0; act < chances.length; act += 1) {
        const step = rate * ((act === label ? 1 : 0) - chances[act]!);
        bias[act]! += step * 0.1;
        for (const feature of features) {
          const row = weights.get(feature)!;
          row[act] = row[act]! * (1 - how.decay) + step * scale;
        }
      }
    }
  }
  return {
    acts,
    bias: Array.from(bias, (value) => Math.round(value * 100)),
    weights: Object.fromEntries(
      [...weights]
        .map(([feature, row]) => [feature, Array.from(row, (value) => Math.round(value * 100))] as const)
        .filter(([, row]) => row.some((value) => value !== 0))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** One of each act after the other, so that none is forgotten by the time its turn comes again. */
function inTurns<T extends { label: number }>(examples: readonly T[], counts: readonly number[]): T[] {
  const most = Math.max(...counts);
  const byLabel = counts.map((_, label) => examples.filter((example) => example.label === label));
  return Array.from({ length: most }, (_, turn) =>
    byLabel.flatMap((some) => (some.length === 0 ? [] : [some[turn % some.length]!])),
  ).flat();
}
