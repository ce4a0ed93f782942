import type { Learned } from "./learn.ts";
import type { Recogniser, Weights } from "./weights.ts";

/** Weights of a score of 1; a smaller number is coarser and makes a smaller file. */
const UNIT = 12;

type Packed = Pick<Weights, "unit" | "bias" | "features" | "counts" | "pairs">;

/** A model in few bytes: whole numbers, and only those that matter. */
export function packed({ bias, features, links }: Learned): Packed {
  const kept: number[] = [];
  const counts: number[] = [];
  const pairs: number[] = [];
  for (const [place, feature] of features.entries()) {
    const before = pairs.length;
    for (let at = links.starts[place]!; at < links.starts[place + 1]!; at += 1) {
      const weight = inWhole(links.weights[at]!, 127);
      if (weight !== 0) pairs.push(links.labels[at]!, weight & 255);
    }
    if (pairs.length === before) continue;
    kept.push(feature & 255, (feature >> 8) & 255, feature >> 16);
    counts.push((pairs.length - before) / 2);
  }
  const biases = Array.from(bias, (one) => inWhole(one, 32_767));
  return {
    unit: UNIT,
    bias: base64Of(biases.flatMap((one) => [one & 255, (one >> 8) & 255])),
    features: base64Of(kept),
    counts: base64Of(counts),
    pairs: base64Of(pairs),
  };
}

const inWhole = (weight: number, most: number): number =>
  Math.max(-most, Math.min(most, Math.round(weight * UNIT)));
const base64Of = (bytes: readonly number[]): string => Uint8Array.from(bytes).toBase64();

/** What recognises by these weights: made once, used for every message. */
export function recogniserOf(weights: Weights): Recogniser {
  const bias = Uint8Array.fromBase64(weights.bias);
  const features = Uint8Array.fromBase64(weights.features);
  const counts = Uint8Array.fromBase64(weights.counts);
  const pairs = new Int8Array(Uint8Array.fromBase64(weights.pairs).buffer);
  const speaks = new Map<number, Int8Array>();
  let start = 0;
  for (const [index, count] of counts.entries()) {
    const feature = features[index * 3]! | (features[index * 3 + 1]! << 8) | (features[index * 3 + 2]! << 16);
    speaks.set(feature, pairs.subarray(start, start + count * 2));
    start += count * 2;
  }
  return {
    acts: weights.acts,
    negatable: new Set(weights.negatable),
    reportable: new Set(weights.reportable),
    guarded: new Set(weights.guarded),
    telling: Object.entries(weights.telling),
    unit: weights.unit,
    bias: Int16Array.from(
      { length: weights.acts.length + 1 },
      (_, act) => bias[act * 2]! | (bias[act * 2 + 1]! << 8),
    ),
    speaks,
  };
}
