import type { EventSourceLike } from "@trpc/server/unstable-core-do-not-import";
import type { TokenStore } from "./tokens.ts";

/** How a service proves who it is. It acts as the key's user, or on behalf of another with no more than that one's rights. */
export interface ServiceCredentials {
  apiKey: string;
  /** The id of the user to act for. */
  onBehalfOf?: string | undefined;
}

/** A class like the browsers' own `EventSource`. */
export type EventSourceClass = EventSourceLike.AnyConstructor;

export interface ClientOptions {
  /** Where the server is, without a path: `http://127.0.0.1:4000`. */
  url: string;
  /** For services; people sign in with `signIn`. A function is asked at each exchange, so a rotated key is picked up. */
  credentials?: ServiceCredentials | (() => ServiceCredentials | Promise<ServiceCredentials>) | undefined;
  /** Where a person's tokens are kept; memory where it is left out. */
  tokens?: TokenStore | undefined;
  fetch?: typeof fetch | undefined;
  /** What reads streams where `fetch` cannot (React Native). It gets a single-use ticket in its address, never a token. */
  EventSource?: EventSourceClass | undefined;
  /** Called when a person's session has ended: signed out, revoked or expired. */
  onSignedOut?: (() => void) | undefined;
  /** How often a call is sent again that may have failed by chance; 3 where it is left out. */
  retries?: number | undefined;
  /** How long a call may take, with all its retries; 30,000 where it is left out, `Infinity` for no limit. */
  timeoutMs?: number | undefined;
}

/** What one call may have of its own. */
export interface CallOptions {
  /** Names the effect of a mutation, so that sending it again later does nothing twice. Made for each call where it is left out. */
  idempotencyKey?: string | undefined;
  timeoutMs?: number | undefined;
  retries?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The second argument of a call: `api.tickets.open.mutate(input, callOptions({ timeoutMs: 2_000 }))`. */
export function callOptions({ signal, ...context }: CallOptions): {
  signal?: AbortSignal | undefined;
  context: Record<string, unknown>;
} {
  if (context.idempotencyKey !== undefined && !/^[!-+\--~]{1,255}$/.test(context.idempotencyKey))
    throw new TypeError("An idempotency key has 1 to 255 visible ASCII characters and no comma.");
  return { ...(signal && { signal }), context };
}

/** What links tell each other about a call. */
export interface CallContext extends Omit<CallOptions, "signal"> {
  accessToken?: string | null;
  /** When the call has to be over, in milliseconds of the client's clock. */
  deadlineAtMs?: number;
}
