import { observable, type Unsubscribable } from "@trpc/server/observable";
import { newKey } from "./key.ts";
import type { CallContext } from "./options.ts";
import { withoutKey } from "./procedures.ts";
import { delayMs, mayWorkAgain } from "./retry.ts";
import type { Link } from "./types.ts";

/**
 * Sends a call again that may have failed by chance, within its deadline. Each mutation gets an idempotency key that
 * stays the same over its attempts.
 */
export const retryLink =
  (defaultRetries: number): Link =>
  () =>
  ({ op, next }) => {
    if (op.type === "subscription") return next(op);
    return observable((observer) => {
      const given = op.context as CallContext;
      const { retries = defaultRetries, deadlineAtMs = Infinity } = given;
      const hasKey = op.type === "mutation" && !withoutKey.includes(op.path);
      const idempotencyKey = hasKey ? (given.idempotencyKey ?? newKey()) : undefined;
      const canBeDoneTwice = op.type === "query" || hasKey;
      let running: Unsubscribable | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isOver = false;

      const attempt = (failures: number): void => {
        running = next({ ...op, context: { ...op.context, idempotencyKey } }).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (isOver) return;
            const waitMs = delayMs(failures + 1, error);
            const isInTime = Date.now() + waitMs < deadlineAtMs;
            if (failures >= retries || !isInTime || !mayWorkAgain(error, canBeDoneTwice))
              return observer.error(error);
            timer = setTimeout(() => attempt(failures + 1), waitMs);
          },
        });
      };
      attempt(0);
      return () => {
        isOver = true;
        clearTimeout(timer);
        running?.unsubscribe();
      };
    });
  };
