import { type HelpdeskClient, createHelpdeskClient } from "../client.ts";
import type { ClientOptions } from "../options.ts";
import { memoryTokenStore } from "../tokens.ts";
import type { InputOf, MessageOf, ProcedurePath, SubscriptionPath } from "../types.ts";
import type { RecordedCall, TestHandlers } from "./handlers.ts";
import { PushStreams } from "./push-stream.ts";
import { type Respond, answeringFetch, refuse } from "./respond.ts";

export interface TestClient {
  /** A client as the product has it, signed in, over a server of handlers. */
  client: HelpdeskClient;
  /** All calls in their order, retries among them. */
  calls: readonly RecordedCall[];
  /** The inputs that a procedure was called with. */
  inputsOf<Path extends ProcedurePath>(path: Path): InputOf<Path>[];
  /** Adds handlers, or puts others in their place. */
  handle(handlers: TestHandlers): void;
  /** Sends a message to every open stream of a subscription; returns how many those are. */
  push<Path extends SubscriptionPath>(path: Path, message: MessageOf<Path>): number;
  /** Whether the network is gone: nothing is answered, and open streams are cut. */
  isOffline: boolean;
}

export type TestClientOptions = Omit<ClientOptions, "url" | "fetch" | "EventSource" | "credentials">;

/**
 * A client for tests of what is built on it, without a server: each call is answered by the handler of its procedure,
 * over the client's own links, so batches, retries and errors are as they will be. A call without a handler fails and
 * says so.
 */
export function createTestClient(handlers: TestHandlers, options: TestClientOptions = {}): TestClient {
  const known = { ...handlers } as Record<string, ((call: unknown) => unknown) | undefined>;
  const calls: RecordedCall[] = [];
  const streams = new PushStreams();
  let offline = new AbortController();

  const respond: Respond = ({ signal, ...call }) => {
    calls.push(call);
    const { type, path } = call;
    const handler = known[path];
    const handled = handler?.({ ...call, refuse, signal });
    if (type === "subscription") return streams.open(path, handled as AsyncIterable<unknown>, signal);
    if (!handler) throw new Error(`The test client has no handler for "${path}".`);
    return handled;
  };
  const answer = answeringFetch(respond);
  const client = createHelpdeskClient({
    tokens: memoryTokenStore(signedIn),
    ...options,
    url: "http://helpdesk.test",
    fetch: async (input, init) => {
      if (offline.signal.aborted) throw new TypeError("fetch failed");
      const signals = [offline.signal, ...(init?.signal ? [init.signal] : [])];
      return answer(input, { ...init, signal: AbortSignal.any(signals) });
    },
  });

  return {
    client,
    calls,
    inputsOf: (path) => calls.filter((call) => call.path === path).map(({ input }) => input as never),
    handle: (more) => void Object.assign(known, more),
    push: (path, message) => {
      streams.push(path, message);
      return streams.count(path);
    },
    get isOffline() {
      return offline.signal.aborted;
    },
    set isOffline(isOffline) {
      if (isOffline) offline.abort(new TypeError("network gone"));
      else if (offline.signal.aborted) offline = new AbortController();
    },
  };
}

/** It never ends, so no test has to answer for it. */
const signedIn = { accessToken: "test", refreshToken: "test", expiresAt: "9999-12-31T23:59:59.999Z" };
