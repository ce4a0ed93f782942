import type { TRPCError } from "@trpc/server";
import type { CallNotes } from "../context.ts";
import { refusalError } from "../refusals.ts";

/** A comma stands between the keys of two calls. */
const KEY = /^[\x21-\x2b\x2d-\x7e]{1,255}$/;
const MAX_TIMEOUT_MS = 3_600_000;

/** What a request says about its calls. */
export interface CallHeaders {
  /** The key of each call in their order; null for a call that has none. */
  idempotencyKeys: readonly (string | null)[];
  /** How long the caller waits from when the request was read; null where it does not say. */
  timeoutMs: number | null;
}

const none: CallHeaders = { idempotencyKeys: [], timeoutMs: null };

/**
 * Reads `Idempotency-Key` (for a batch of `batchSize` the keys of its calls in their order, with commas between, empty
 * where a call has none) and `request-timeout-ms`.
 * @throws TRPCError of `input.invalid`.
 */
export function callHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  batchSize: number | null,
): CallHeaders {
  const keys = headers["idempotency-key"];
  const timeout = headers["request-timeout-ms"];
  if (keys === undefined && timeout === undefined) return none;
  return {
    idempotencyKeys: keys === undefined ? [] : keysOf(String(keys), batchSize),
    timeoutMs: timeout === undefined ? null : timeoutOf(String(timeout)),
  };
}

function keysOf(text: string, batchSize: number | null): (string | null)[] {
  const keys = (batchSize === null ? [text] : text.split(",")).map((key) => key.trim());
  if (keys.length > (batchSize ?? 1))
    throw invalid("Idempotency-Key", "has more keys than the batch has calls");
  if (keys.some((key) => key !== "" && !KEY.test(key)))
    throw invalid("Idempotency-Key", "must have 1 to 255 visible ASCII characters and no comma");
  return keys.map((key) => (key === "" ? null : key));
}

function timeoutOf(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text))
    throw invalid("request-timeout-ms", "must be a whole number of milliseconds above 0");
  return Math.min(Number(text), MAX_TIMEOUT_MS);
}

const invalid = (header: string, message: string): TRPCError =>
  refusalError({ code: "input.invalid", issues: [{ path: [header], message }] });

/** `idempotent-replayed`: which calls of the request had been answered before, in their order, with commas between. */
export const replayMark = (notes: CallNotes | undefined): Record<string, string> =>
  notes === undefined || notes.replayed.length === 0
    ? {}
    : { "idempotent-replayed": Array.from(notes.replayed, (is) => (is ? "true" : "")).join(",") };
