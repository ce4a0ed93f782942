import type { AppRouter } from "@helpdesk/server";
import type { TRPCClientError, TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { isRefusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** The access token of a call, for the transport to send. */
export const tokenOf = (context: Record<string, unknown>): string | null =>
  (context["accessToken"] as string | null) ?? null;

/** Gives each call the session's access token; a call that is refused for its token is sent once more with a new one. */
export const signedInLink =
  (session: Session): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let running: Unsubscribable | undefined;
      let isOver = false;

      const send = (accessToken: string | null, mayRetry: boolean): void => {
        if (isOver) return;
        running = next({ ...op, context: { ...op.context, accessToken } }).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (!mayRetry || accessToken === null || !isRefusal(error, "auth.required"))
              return observer.error(error);
            session
              .refresh(accessToken)
              .then((fresh) => (fresh === null ? observer.error(error) : send(fresh, false)), fail);
          },
        });
      };
      const fail = (error: unknown) => observer.error(error as TRPCClientError<AppRouter>);

      session.accessToken().then((accessToken) => send(accessToken, true), fail);
      return () => {
        isOver = true;
        running?.unsubscribe();
      };
    });
