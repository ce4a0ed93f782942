/**
 * Values that may be a little old: each is loaded once, shared by those who ask meanwhile,
 * and forgotten `ttlMs` after it was asked for. A failed load is not kept.
 */
export class TtlCache<V> {
  readonly #entries = new Map<string, { value: Promise<V>; expiresAtMs: number }>();
  readonly #ttlMs: number;
  readonly #max: number;
  readonly #nowMs: () => number;

  constructor({ ttlMs, max, nowMs }: { ttlMs: number; max: number; nowMs: () => number }) {
    this.#ttlMs = ttlMs;
    this.#max = max;
    this.#nowMs = nowMs;
  }

  get(key: string, load: () => Promise<V>): Promise<V> {
    const nowMs = this.#nowMs();
    const known = this.#entries.get(key);
    if (known && known.expiresAtMs > nowMs) return known.value;
    const value = load();
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs: nowMs + this.#ttlMs });
    if (this.#entries.size > this.#max) this.#entries.delete(this.#entries.keys().next().value!);
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
    });
    return value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
