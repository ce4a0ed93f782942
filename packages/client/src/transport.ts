import {
  type HTTPBatchLinkOptions,
  type Operation,
  httpBatchLink,
  httpBatchStreamLink,
  splitLink,
} from "@trpc/client";
import type { AppRouter } from "./contract.ts";
import type { CallContext } from "./options.ts";
import { piecesLink } from "./pieces-link.ts";
import { inPieces } from "./procedures.ts";
import type { Link } from "./types.ts";

/** The server takes no larger batch. */
const MAX_BATCH = 20;
/** A batch of queries travels in its address, and proxies take no longer ones. */
const MAX_ADDRESS_CHARACTERS = 7_500;
/** Host, path and procedure of an address, at most. */
const OTHER_ADDRESS_CHARACTERS = 500;
/** Percent-encoded, a character takes at most nine, and these fit any address. */
const SHORT_INPUT_CHARACTERS = 700;

/** Sends queries and mutations; those made in the same tick travel together. */
export function transport(url: string, fetch: typeof globalThis.fetch): Link {
  const options: HTTPBatchLinkOptions<AppRouter["_def"]["_config"]["$types"]> = {
    url,
    fetch,
    maxItems: MAX_BATCH,
    maxURLLength: MAX_ADDRESS_CHARACTERS,
    headers: ({ opList }) => ({ ...identity(opList), ...deadline(opList) }),
  };
  // A stream has sent its status before it knows how it ends, so only what comes in pieces is one.
  return splitLink({
    condition: ({ path }) => inPieces.includes(path),
    // Its deadline is for the beginning of the answer, which is known here and not there.
    true: piecesLink(httpBatchStreamLink({ ...options, headers: ({ opList }) => identity(opList) })),
    false: splitLink({
      condition: isTooLongForAnAddress,
      true: httpBatchLink({ ...options, maxURLLength: Infinity, methodOverride: "POST" }),
      false: httpBatchLink(options),
    }),
  });
}

/** A query that fits no address by itself travels in a body. */
function isTooLongForAnAddress({ type, input }: Operation): boolean {
  if (type !== "query" || input === undefined) return false;
  const text = JSON.stringify(input);
  if (text.length < SHORT_INPUT_CHARACTERS) return false;
  return encodeURIComponent(text).length > MAX_ADDRESS_CHARACTERS - OTHER_ADDRESS_CHARACTERS;
}

const contextsOf = (calls: readonly Operation[]) => calls.map(({ context }) => context as CallContext);

function identity(calls: readonly Operation[]): Record<string, string> {
  const contexts = contextsOf(calls);
  const accessToken = contexts[0]?.accessToken;
  const keys = contexts.map(({ idempotencyKey }) => idempotencyKey ?? "");
  return {
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    ...(keys.some((key) => key !== "") && { "idempotency-key": keys.join(",") }),
  };
}

/** A batch is over when the last of its calls is; each of them ends for its caller when its own time is over. */
function deadline(calls: readonly Operation[]): Record<string, string> {
  const latestMs = Math.max(...contextsOf(calls).map(({ deadlineAtMs = Infinity }) => deadlineAtMs));
  if (latestMs === Infinity) return {};
  return { "request-timeout-ms": String(Math.max(1, Math.round(latestMs - Date.now()))) };
}
