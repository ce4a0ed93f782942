import { type Attempts, type Instant, signInLimit, windowsOverAt } from "@helpdesk/domain";
import { networkOf } from "./attempts.ts";

const MAX = 10_000;

/** Sign-ins to organizations that do not exist, by address: there is no organization to count them in, so each process remembers its own. */
export class Strangers {
  readonly #known = new Map<string, Attempts>();

  of(ipAddress: string): Attempts[] {
    const attempts = this.#known.get(networkOf(ipAddress));
    return attempts ? [attempts] : [];
  }

  count(ipAddress: string, now: Instant): Attempts[] {
    const network = networkOf(ipAddress);
    const last = this.#known.get(network);
    const isOver = !last || last.windowStartedAt <= windowsOverAt(now, signInLimit);
    const attempts = {
      count: isOver ? 1 : last.count + 1,
      windowStartedAt: isOver ? now : last.windowStartedAt,
    };
    this.#known.delete(network);
    this.#known.set(network, attempts);
    if (this.#known.size > MAX) this.#known.delete(this.#known.keys().next().value!);
    return [attempts];
  }
}
