/** A share of a whole, n/d; `d` positive. */
export interface Share {
  n: bigint;
  d: bigint;
}

/**
 * Divides a whole number among shares so that the parts are whole and sum to it exactly: each gets its quota rounded
 * down, and what is left goes to the largest remainders, the first of equals first. Nothing goes to a share of nothing.
 */
export function apportion(whole: number, shares: readonly Share[]): number[] {
  const common = shares.reduce((product, { d }) => product * (d / gcd(product, d)), 1n);
  const sizes = shares.map(({ n, d }) => n * (common / d));
  const sum = sizes.reduce((total, size) => total + size, 0n);
  if (sum === 0n) return shares.map(() => 0);
  const quotas = sizes.map((size) => size * BigInt(whole));
  const parts = quotas.map((quota) => Number(quota / sum));
  const left = whole - parts.reduce((total, part) => total + part, 0);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota % sum }))
    .toSorted((a, b) =>
      b.remainder === a.remainder ? a.index - b.index : b.remainder > a.remainder ? 1 : -1,
    );
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1;
  return parts;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
