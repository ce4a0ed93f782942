import { FULL, roundHalfUp } from "./rational.ts";

export const sections = [
  "verification",
  "communication",
  "technical",
  "documentation",
  "responseTime",
] as const;
export type Section = (typeof sections)[number];

/** What one criterion of a section earned; null where it does not apply, which leaves the section as if it were not there. */
export interface Credit {
  weight: number;
  /** 0 to 1,000,000. */
  millionths: number | null;
}

/** Scores are whole hundredths of a point, 0 to 10,000; null for a section that nothing applied to. */
export type SectionScores = Record<Section, number | null>;

/** A section's score: 100 · Σ(weight · credit) / Σ weight, to two decimals, halves up. */
export function sectionScore(credits: readonly Credit[]): number | null {
  let earned = 0n;
  let weights = 0n;
  for (const { weight, millionths } of credits) {
    if (millionths === null) continue;
    earned += BigInt(weight) * BigInt(millionths);
    weights += BigInt(weight);
  }
  return weights === 0n ? null : roundHalfUp(earned * 10_000n, weights * BigInt(FULL));
}

/** The overall score before caps, from the rounded sections, so that anyone can derive it from what is stored. */
export function rawOverall(scores: SectionScores, weights: Record<Section, number>): number {
  let earned = 0n;
  let total = 0n;
  for (const section of sections) {
    const score = scores[section];
    if (score === null) continue;
    earned += BigInt(weights[section]) * BigInt(score);
    total += BigInt(weights[section]);
  }
  return total === 0n ? 0 : roundHalfUp(earned, total);
}

/** The overall score: never above the lowest cap of what was violated. */
export const capped = (raw: number, caps: readonly number[]): number => Math.min(raw, ...caps);
