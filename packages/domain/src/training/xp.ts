import { roundHalfUp } from "./rational.ts";

export const hintLevels = ["nudge", "guided", "strong"] as const;
export type HintLevel = (typeof hintLevels)[number];

export type HintCounts = Record<HintLevel, number>;

export interface Attempt {
  /** Hundredths of a point. */
  overall: number;
  isPassed: boolean;
  isFirst: boolean;
  hints: HintCounts;
}

/** What hints leave of the XP, in hundredths: 40 at least. */
const hintFactor = ({ nudge, guided, strong }: HintCounts): number =>
  Math.max(40, 100 - 5 * nudge - 10 * guided - 20 * strong);

/** The XP that an attempt is worth: round(B · max(0, overall − 40)/60 · first · hints), and 0 where it was not passed. */
export function attemptXp(base: number, { overall, isPassed, isFirst, hints }: Attempt): number {
  if (!isPassed) return 0;
  const above = BigInt(Math.max(0, overall - 4_000));
  const first = isFirst ? 125n : 100n;
  return roundHalfUp(BigInt(base) * above * first * BigInt(hintFactor(hints)), 6_000n * 100n * 100n);
}

/** What an attempt pays: only what it is worth more than the best one before. */
export const xpGain = (xp: number, bestBefore: number): number => Math.max(0, xp - bestBefore);

/** The XP that a level takes: 50 · L · (L − 1). */
export const xpOfLevel = (level: number): number => 50 * level * (level - 1);

/** The highest level whose XP is reached; 1 to begin with. */
export function levelOf(xp: number): number {
  let level = Math.max(1, Math.floor((1 + Math.sqrt(1 + xp / 12.5)) / 2));
  // The root is a guess, the whole numbers decide.
  while (xpOfLevel(level + 1) <= xp) level += 1;
  while (level > 1 && xpOfLevel(level) > xp) level -= 1;
  return level;
}
