import { UnreachableError } from "./failure.ts";
import { retryAfterMs } from "./retry-after.ts";

/** A fetch that fails with `UnreachableError` where nothing answers, something else than the API does, or an answer is cut. */
export function reachableFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init).catch((cause: unknown) => {
      throw asUnreachable(cause, init?.signal);
    });
    const type = response.headers.get("content-type") ?? "";
    if (!/\bjson|\bevent-stream/.test(type)) {
      void response.body?.cancel().catch(() => {});
      throw notOurs(response);
    }
    const whole = response.json.bind(response);
    const json = async (): Promise<unknown> => {
      const body: unknown = await whole().catch((cause: unknown) => {
        throw asUnreachable(cause, init?.signal);
      });
      if (!isOurs(body)) throw notOurs(response);
      return body;
    };
    Object.defineProperty(response, "json", { value: json });
    const { body } = response;
    let read: ReadableStream<Uint8Array> | null = null;
    return Object.defineProperty(response, "body", {
      get: () => body && (read ??= reachable(body, init?.signal)),
    });
  };
}

/** The same bytes, read as they are asked for. */
function reachable(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (cause) {
          controller.error(asUnreachable(cause, signal));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Whether it is in the envelope of tRPC, alone or as a batch; gateways answer JSON of their own. */
function isOurs(body: unknown): boolean {
  const answers: unknown[] = Array.isArray(body) ? body : [body];
  return answers.length > 0 && answers.every(isAnswer);
}

function isAnswer(answer: unknown): boolean {
  const { result, error } = (answer ?? {}) as { result?: unknown; error?: { data?: unknown } | null };
  return result !== undefined || typeof error?.data === "object";
}

function notOurs(response: Response): UnreachableError {
  return new UnreachableError(`Not an answer of the API: HTTP ${response.status}.`, {
    httpStatus: response.status,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
  });
}

function asUnreachable(cause: unknown, signal: AbortSignal | null | undefined): unknown {
  if (signal?.aborted) return cause;
  return new UnreachableError(`The server cannot be reached${reasonOf(cause)}.`, { cause });
}

/** Platforms keep the reason one level below "fetch failed". */
function reasonOf(cause: unknown): string {
  const { message } = ((cause as Error | null)?.cause ?? cause ?? {}) as Partial<Error>;
  return message ? ` (${message})` : "";
}
