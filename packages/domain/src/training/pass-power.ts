/** n over k. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/**
 * pass^k: the chance that k attempts drawn from n, of which c were passed, are all passed: C(c,k) / C(n,k), in
 * millionths rounded down. @throws RangeError where there are not k attempts.
 */
export function passPower({ attempts, passed, k }: { attempts: number; passed: number; k: number }): number {
  const all = choose(attempts, k);
  if (all === 0n) throw new RangeError(`There are not ${k} attempts among ${attempts}.`);
  return Number((choose(passed, k) * 1_000_000n) / all);
}
