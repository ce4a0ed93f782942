import { z } from "zod";
import { actSchema } from "../acts.ts";

/** Acts are counted in a byte. */
export const MOST_ACTS = 250;

const base64 = z.base64().max(1_000_000);

/** What a recogniser has learned, as plain JSON. Numbers are whole, so every machine reads the same from them. */
export const weightsSchema = z.strictObject({
  format: z.literal("helpdesk.recogniser/1"),
  /** In the order of their numbers; what is none of them comes after the last. */
  acts: z.array(actSchema).min(1).max(MOST_ACTS),
  /** Those that may be said with a "not": their own phrases are. */
  negatable: z.array(actSchema),
  /** Those that may speak of somebody else's request or one of the past. */
  reportable: z.array(actSchema),
  /** Those that cost a score: they are heard only where it is surer, and the words are there. */
  guarded: z.array(actSchema),
  /** Texts that tell a fact which must not be told, by act. */
  telling: z.record(actSchema, z.array(z.string())),
  /** How many weights of a feature make one of a score. */
  unit: z.int().positive(),
  /** By act and for what is none, little-endian 16 bits each. */
  bias: base64,
  /** Features in ascending order, little-endian 24 bits each. */
  features: base64,
  /** How many acts each feature speaks for or against, a byte each. */
  counts: base64,
  /** For each of them the number of the act, and the signed weight: two bytes. */
  pairs: base64,
});
export type Weights = z.output<typeof weightsSchema>;

/** A committed file of weights: whose they are, and the digest of the definition that they were learned from. */
export const weightsFileSchema = z.strictObject({
  scenario: z.string(),
  definitionHash: z.string().regex(/^[0-9a-f]{64}$/),
  weights: weightsSchema,
});

/** Weights as they are computed with. */
export interface Recogniser {
  acts: readonly string[];
  negatable: ReadonlySet<string>;
  reportable: ReadonlySet<string>;
  guarded: ReadonlySet<string>;
  telling: readonly (readonly [act: string, texts: readonly string[]])[];
  unit: number;
  bias: Int16Array;
  /** What a feature speaks for and against: the number of an act, its weight, and so on. */
  speaks: ReadonlyMap<number, Int8Array>;
}
