import { UnreachableError, toCallError } from "./failure.ts";
import { readEvents } from "./event-stream.ts";

interface Init {
  fetch: typeof fetch;
  accessToken?: string | null;
}

type Listener = (event: object) => void;

/**
 * An `EventSource` over fetch: it sends its token as a header and fails with the error that the server answers. It
 * connects once; whoever uses it connects again.
 */
export class FetchEventSource {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState: number = this.CONNECTING;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #ending = new AbortController();

  constructor(url: string, init: Init) {
    void this.#read(url, init).catch((error: unknown) => {
      if (this.readyState === this.CLOSED) return;
      this.readyState = this.CLOSED;
      // tRPC passes on what comes with this event as the error of the subscription.
      this.#tell("error", toCallError(error));
    });
  }

  addEventListener(type: string, listener: Listener): void {
    const known = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, known.add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#ending.abort();
  }

  async #read(url: string, { fetch, accessToken }: Init): Promise<void> {
    const headers: Record<string, string> = {
      accept: "text/event-stream",
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    };
    const response = await fetch(url, { headers, signal: this.#ending.signal, cache: "no-store" });
    if (!response.ok) throw toCallError(await response.json());
    if (!response.body)
      throw new TypeError("This platform's fetch does not stream: give the client an EventSource.");
    this.readyState = this.OPEN;
    let cause: unknown;
    try {
      for await (const { event, ...message } of readEvents(response.body)) this.#tell(event, message);
    } catch (error) {
      cause = error;
    }
    throw new UnreachableError("The stream was cut.", { cause });
  }

  #tell(type: string, event: object): void {
    this.#listeners.get(type)?.forEach((listener) => listener(event));
  }
}
