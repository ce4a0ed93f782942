const LN2_HIGH = 0.693147180369123816;
const LN2_LOW = 1.90821492927058770002e-10;
const HALVES = powersOfHalf(1_100);

/** One divided by the factorials, the last first. */
const COEFFICIENTS = Float64Array.from(
  [479_001_600, 39_916_800, 3_628_800, 362_880, 40_320, 5_040, 720, 120, 24, 6, 2, 1, 1],
  (factorial) => 1 / factorial,
);

/**
 * e to a power of at most 0, by sums and products alone: the same to the last bit on every machine, which `Math.exp`
 * does not promise.
 */
export function exponential(power: number): number {
  const halvings = Math.floor(0.5 - power / LN2_HIGH);
  if (halvings >= HALVES.length) return 0;
  const rest = power + halvings * LN2_HIGH + halvings * LN2_LOW;
  let sum = 0;
  for (let term = 0; term < COEFFICIENTS.length; term += 1) sum = sum * rest + COEFFICIENTS[term]!;
  return sum * HALVES[halvings]!;
}

function powersOfHalf(count: number): Float64Array {
  const powers = new Float64Array(count).fill(1);
  for (let at = 1; at < count; at += 1) powers[at] = powers[at - 1]! / 2;
  return powers;
}

/** Turns scores into probabilities, in place. */
export function toChances(scores: Float64Array): void {
  let max = -Infinity;
  for (const score of scores) if (score > max) max = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const power = exponential(scores[at]! - max);
    scores[at] = power;
    sum += power;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = scores[at]! / sum;
}
