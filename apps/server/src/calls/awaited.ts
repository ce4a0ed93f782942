import { Cancellation } from "@helpdesk/db";
import type { RequestContext } from "../context.ts";

/** Runs a call for as long as its caller waits: until it has gone, or its deadline has passed. */
export async function whileAwaited<R>(
  { signal, timeoutMs }: RequestContext,
  run: (cancellation: Cancellation | null) => Promise<R>,
): Promise<R> {
  if (signal === null && timeoutMs === null) return run(null);
  const cancellation = new Cancellation();
  const cancel = () => cancellation.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel);
  const timer = timeoutMs === null ? undefined : setTimeout(cancel, timeoutMs);
  try {
    return await run(cancellation);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
