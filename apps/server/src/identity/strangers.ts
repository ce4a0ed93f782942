import { type AttemptLimit, type Attempts, type Instant, windowsOverAt } from "@helpdesk/domain";

const MAX = 20_000;

/**
 * Attempts on organizations that do not exist, counted as those on one that does: there is none to count them in,
 * so each process remembers its own.
 */
export class Strangers {
  readonly #known = new Map<string, Attempts>();

  of(organization: string, subjects: readonly string[]): Attempts[] {
    return subjects.flatMap((subject) => this.#known.get(`${organization} ${subject}`) ?? []);
  }

  /** Counts one more for each subject. */
  count(organization: string, subjects: readonly string[], limit: AttemptLimit, now: Instant): Attempts[] {
    return subjects.map((subject) => {
      const key = `${organization} ${subject}`;
      const last = this.#known.get(key);
      const isOver = !last || last.windowStartedAt <= windowsOverAt(now, limit);
      const attempts = isOver ? { count: 1, windowStartedAt: now } : { ...last, count: last.count + 1 };
      this.#known.delete(key);
      this.#known.set(key, attempts);
      if (this.#known.size > MAX) this.#known.delete(this.#known.keys().next().value!);
      return attempts;
    });
  }
}
