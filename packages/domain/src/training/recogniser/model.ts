/** A linear model: for every feature its weight for each act. Whole numbers, so that every machine computes the same. */
export interface Model {
  /** The last one stands for all that is no act. */
  acts: readonly string[];
  /** Hundredths, by feature and place of the act; features that no phrase had are not there. */
  weights: Readonly<Record<string, readonly number[]>>;
  bias: readonly number[];
}

/** What is said and is none of the acts. */
export const OTHER = "other";

/** The probability of every act, in the order of `acts`, for what a sentence is made of. */
export function probabilities({ acts, weights, bias }: Model, features: ReadonlySet<string>): number[] {
  const scores = acts.map((_, index) => bias[index]!);
  let known = 0;
  for (const feature of features) {
    const row = weights[feature];
    if (!row) continue;
    known += 1;
    for (const [index, weight] of row.entries()) scores[index]! += weight;
  }
  // Long sentences are no surer than short ones: what is summed is scaled by the root of how much there is.
  const scale = 1 / (100 * Math.sqrt(Math.max(1, known)));
  return softmax(scores.map((score) => score * scale));
}

export function softmax(scores: readonly number[]): number[] {
  const max = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
