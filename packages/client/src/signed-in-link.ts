import { observable, type Unsubscribable } from "@trpc/server/observable";
import { toCallError } from "./failure.ts";
import { isRefusal } from "./refusal.ts";
import type { Link } from "./types.ts";

/** Where access tokens come from: a person's session, or a service's key. */
export interface Access {
  /** The token to send, fresh; null when nobody is signed in. */
  accessToken(): Promise<string | null>;
  /** A new one in place of `stale`; null where there is none to be had. */
  refresh(stale: string): Promise<string | null>;
}

/** Gives each call an access token; a call that is refused for its token is sent once more with a new one. */
export const signedInLink =
  (access: Access): Link =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let running: Unsubscribable | undefined;
      let isOver = false;

      const send = (accessToken: string | null, mayRetry: boolean): void => {
        if (isOver) return;
        let hasAnswered = false;
        running = next({ ...op, context: { ...op.context, accessToken } }).subscribe({
          next: (value) => {
            hasAnswered ||= value.result.type === undefined || value.result.type === "data";
            observer.next(value);
          },
          complete: () => observer.complete(),
          error: (error) => {
            // A stream that has said something goes on after that, not from its beginning.
            if (hasAnswered || !mayRetry || accessToken === null || !isRefusal(error, "auth.required"))
              return observer.error(error);
            access
              .refresh(accessToken)
              .then((fresh) => (fresh === null ? observer.error(error) : send(fresh, false)), fail);
          },
        });
      };
      const fail = (error: unknown) => observer.error(toCallError(error));

      access.accessToken().then((accessToken) => send(accessToken, true), fail);
      return () => {
        isOver = true;
        running?.unsubscribe();
      };
    });
