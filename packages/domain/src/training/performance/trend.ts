/** Scores over time, in hundredths of a point. */
export interface Trend {
  /** How many there were. */
  count: number;
  /** The mean of all, rounded; null where there was none. */
  average: number | null;
  /** The mean of the latest five. */
  recent: number | null;
  /** How much the latest five are better than the five before; null where there is nothing before. */
  change: number | null;
}

const WINDOW = 5;

const mean = (scores: readonly number[]): number | null =>
  scores.length === 0 ? null : Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);

/** The trend of scores in their order; where nothing applied there is none. */
export function trendOf(scores: readonly (number | null)[]): Trend {
  const earned = scores.filter((score) => score !== null);
  const recent = mean(earned.slice(-WINDOW));
  const before = mean(earned.slice(-2 * WINDOW, -WINDOW));
  return {
    count: earned.length,
    average: mean(earned),
    recent,
    change: recent === null || before === null ? null : recent - before,
  };
}
