import { observable } from "@trpc/server/observable";
import { abortError, deadlineError } from "./failure.ts";
import type { CallContext } from "./options.ts";
import type { Link } from "./types.ts";

/** The server is to notice first: its answer says for certain that nothing was done. */
const GRACE_MS = 500;
/** The longest that a timer can wait. */
const LONGEST_MS = 2_147_483_647;

/** Ends a call when its time is over, or at once when its caller's signal says so; tells the links below when that is. */
export const deadlineLink =
  (defaultMs: number): Link =>
  () =>
  ({ op, next }) => {
    if (op.type === "subscription") return next(op);
    return observable((observer) => {
      const { timeoutMs = defaultMs } = op.context as CallContext;
      const isBounded = timeoutMs < LONGEST_MS - GRACE_MS;
      const deadlineAtMs = isBounded ? Date.now() + timeoutMs : undefined;
      const running = next({ ...op, context: { ...op.context, deadlineAtMs } }).subscribe(observer);

      const onDeadline = () => observer.error(deadlineError(op.path));
      const timer = isBounded ? setTimeout(onDeadline, timeoutMs + GRACE_MS) : undefined;
      const onAbort = () => observer.error(abortError());
      op.signal?.addEventListener("abort", onAbort);
      if (op.signal?.aborted) onAbort();
      return () => {
        clearTimeout(timer);
        op.signal?.removeEventListener("abort", onAbort);
        running.unsubscribe();
      };
    });
  };
