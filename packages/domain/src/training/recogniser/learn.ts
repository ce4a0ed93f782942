import { toChances } from "./exponential.ts";
import { isOfWords } from "./features.ts";

export interface Example {
  /** The number of the act that it is. */
  label: number;
  features: ReadonlySet<number>;
}

/** A linear model: a score for every label is its bias and what the features that are there say for or against it. */
export interface Learned {
  bias: Float64Array;
  /** Ascending. */
  features: Uint32Array;
  links: Links;
}

/** What features say of labels: those of feature `f` are at `starts[f]` up to, but not, `starts[f + 1]`. */
interface Links {
  starts: Uint32Array;
  labels: Uint8Array;
  weights: Float32Array;
  /** The sum of squares of the steps that each weight has made. */
  steps: Float32Array;
}

/** At first every feature may speak of every label … */
const DENSE_EPOCHS = 4;
/** … and then the strongest weights go on alone. */
const SPARSE_EPOCHS = 8;
const WEIGHTS_PER_LABEL = 600;
const RATE = 0.9;
/** How far weights are drawn to nothing, a step. */
const DECAY = 0.0004;
/** An error below this moves nothing. */
const LEAST_ERROR = 0.01;

/**
 * Multinomial logistic regression by gradient descent with a step of its own for every weight. Order and arithmetic
 * are fixed: the same examples make the same model to the last bit, on any machine.
 */
export function learn(examples: readonly Example[], labels: number): Learned {
  const features = recurring(examples);
  const places = new Map(Array.from(features, (feature, place) => [feature, place]));
  const rows = examples.map((one) =>
    Uint32Array.from([...one.features].flatMap((feature) => places.get(feature) ?? [])),
  );
  const shares = sharesOf(examples, labels);
  const order = examples.map((_, index) => index);
  const bias = new Float64Array(labels);
  let links = allLinks(features.length, labels);
  for (let epoch = 0; epoch < DENSE_EPOCHS + SPARSE_EPOCHS; epoch += 1) {
    if (epoch === DENSE_EPOCHS) links = strongest(links, labels, WEIGHTS_PER_LABEL);
    shuffle(order, epoch + 1);
    for (const index of order) {
      const { label } = examples[index]!;
      correct(links, bias, rows[index]!, label, shares[label]!);
    }
  }
  return { bias, features, links };
}

/** Features of words, and pieces of words that more than one example has, ascending. */
function recurring(examples: readonly Example[]): Uint32Array {
  const once = new Set<number>();
  const more = new Set<number>();
  for (const { features } of examples)
    for (const feature of features) (isOfWords(feature) || once.has(feature) ? more : once).add(feature);
  return Uint32Array.from(more).toSorted();
}

/** One step: what was thought of an example, and how far that was off. */
function correct(
  { starts, labels, weights, steps }: Links,
  bias: Float64Array,
  row: Uint32Array,
  label: number,
  share: number,
): void {
  const scale = 1 / Math.sqrt(Math.max(1, row.length));
  const errors = new Float64Array(bias);
  for (const feature of row)
    for (let at = starts[feature]!; at < starts[feature + 1]!; at += 1)
      errors[labels[at]!]! += weights[at]! * scale;
  toChances(errors);
  errors[label]! -= 1;
  for (let other = 0; other < errors.length; other += 1) {
    const error = errors[other]! * share;
    errors[other] = Math.abs(error) < LEAST_ERROR ? 0 : error;
    bias[other]! -= 0.05 * errors[other]!;
  }
  const wrong = Uint8Array.from(errors.keys().filter((other) => errors[other] !== 0));
  const step = (at: number, error: number) => {
    const gradient = error * scale + DECAY * weights[at]!;
    steps[at]! += gradient * gradient;
    weights[at]! -= (RATE * gradient) / Math.sqrt(steps[at]!);
  };
  for (const feature of row) {
    const start = starts[feature]!;
    const end = starts[feature + 1]!;
    if (end - start === errors.length) for (const other of wrong) step(start + other, errors[other]!);
    else
      for (let at = start; at < end; at += 1) if (errors[labels[at]!] !== 0) step(at, errors[labels[at]!]!);
  }
}

const allLinks = (features: number, labels: number): Links => ({
  starts: Uint32Array.from({ length: features + 1 }, (_, feature) => feature * labels),
  labels: Uint8Array.from({ length: features * labels }, (_, at) => at % labels),
  weights: new Float32Array(features * labels),
  steps: new Float32Array(features * labels).fill(1e-4),
});

/** Of the links of all features with all labels the strongest `most` of each label, and those as strong as these. */
function strongest({ starts, labels, weights, steps }: Links, count: number, most: number): Links {
  const least = Float32Array.from({ length: count }, (_, label) => {
    const strengths = new Float32Array(weights.length / count);
    for (let place = 0; place < strengths.length; place += 1)
      strengths[place] = Math.abs(weights[place * count + label]!);
    strengths.sort();
    return strengths[Math.max(0, strengths.length - most)]!;
  });
  const isKept = (at: number) => Math.abs(weights[at]!) >= least[at % count]!;
  let kept = 0;
  const left = starts.map((start, feature) => {
    const before = feature === 0 ? start : starts[feature - 1]!;
    for (let at = before; at < start; at += 1) if (isKept(at)) kept += 1;
    return kept;
  });
  return {
    starts: left,
    labels: labels.filter((_, at) => isKept(at)),
    steps: steps.filter((_, at) => isKept(at)),
    weights: weights.filter((_, at) => isKept(at)),
  };
}

/** Labels with few examples weigh more for each, though not as much as those with many in sum. */
function sharesOf(examples: readonly Example[], labels: number): Float64Array {
  const counts = new Float64Array(labels);
  for (const { label } of examples) counts[label]! += 1;
  const mean = examples.length / labels;
  return counts.map((count) => Math.min(4, Math.sqrt(mean / Math.max(1, count))));
}

/** In place, the same for the same seed. */
function shuffle(order: number[], seed: number): void {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 4_294_967_296) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
}
