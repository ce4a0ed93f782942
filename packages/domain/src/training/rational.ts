/** n/d to the nearest whole number, halves up; both must be whole, `d` positive. */
export function roundHalfUp(n: bigint, d: bigint): number {
  const doubled = 2n * n + d;
  const quotient = doubled / (2n * d);
  const isBelow = doubled < 0n && doubled % (2n * d) !== 0n;
  return Number(isBelow ? quotient - 1n : quotient);
}

/** n/d of a whole, in millionths, rounded down: what a credit is. Nothing of nothing is all. */
export const millionths = (n: number, d: number): number =>
  d === 0 ? FULL : Number((BigInt(n) * BigInt(FULL)) / BigInt(d));

/** A full credit, in millionths. */
export const FULL = 1_000_000;
