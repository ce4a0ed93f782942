import { observable, type Unsubscribable } from "@trpc/server/observable";
import { type CallError, failureOf } from "./failure.ts";
import { isRefusal } from "./refusal.ts";
import { delayMs, mayWorkAgain } from "./retry.ts";
import type { Link } from "./types.ts";

/** A connection that held this long was a good one: what ended it is the first failure again. */
const HELD_MS = 5_000;
/** Whoever reads along wants to go on as soon as it works again: a server that is replaced is back within seconds. */
const LONGEST_DELAY_MS = 2_000;
/** How often in a row an `EventSource`, which does not say why it failed, may fail without having connected. */
const MAX_UNEXPLAINED = 5;

/**
 * Keeps a subscription going over all that may end its connection: it connects again, waiting longer each time, and goes
 * on after the last message that came. It is told as open once its first message is here, which says from where it reads:
 * from then on nothing is missed, wherever it is cut. It ends when its caller or the server ends it, or for a refusal.
 */
export const resumeLink: Link =
  () =>
  ({ op, next }) => {
    if (op.type !== "subscription") return next(op);
    return observable((observer) => {
      let running: Unsubscribable | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isOver = false;
      let failures = 0;
      let lastEventId: string | undefined;

      const connect = (): void => {
        let hasMessages = false;
        let connectedAtMs = Infinity;
        const held: Parameters<typeof observer.next>[0][] = [];
        const input = lastEventId === undefined ? op.input : { ...(op.input as object), lastEventId };
        running = next({ ...op, input }).subscribe({
          next: (value) => {
            const { result } = value;
            if (result.type === "started") connectedAtMs = Date.now();
            if (result.type === undefined || result.type === "data") {
              hasMessages = true;
              lastEventId = result.id ?? lastEventId;
              for (const opened of held.splice(0)) observer.next(opened);
            } else if (lastEventId === undefined && isOpening(result)) {
              held.push(value);
              return;
            }
            observer.next(value);
          },
          complete: () => observer.complete(),
          error: (error) => {
            if (isOver) return;
            const hasHeld = Date.now() - connectedAtMs >= HELD_MS;
            failures = hasHeld ? 1 : failures + 1;
            // A refused stream connects too: what it says, or that it stays, tells that it was let in.
            if (!isPassing(error, hasMessages || hasHeld, failures)) return observer.error(error);
            observer.next({ result: { type: "state", state: "connecting", error } });
            timer = setTimeout(connect, delayMs(failures, error, LONGEST_DELAY_MS));
          },
        });
      };
      connect();
      return () => {
        isOver = true;
        clearTimeout(timer);
        running?.unsubscribe();
      };
    });
  };

const isOpening = (result: { type?: string; state?: string }): boolean =>
  result.type === "started" || (result.type === "state" && result.state === "pending");

function isPassing(error: CallError, wasLetIn: boolean, failures: number): boolean {
  // A token ends while its stream is open; the next connection is made with a new one, if there is one.
  if (isRefusal(error, "auth.required")) return wasLetIn;
  if (mayWorkAgain(error, true)) return true;
  const isUnexplained = failureOf(error).kind === "defect" && error.shape === undefined;
  return isUnexplained && !(error.cause instanceof TypeError) && failures <= MAX_UNEXPLAINED;
}
