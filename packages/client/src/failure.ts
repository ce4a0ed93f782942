import { TRPCClientError } from "@trpc/client";
import type { AppRouter, Refusal } from "./contract.ts";
import { isRefusal } from "./refusal.ts";

/** Nothing came back, or something that is not the API's: the network is gone, or a proxy answered. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  /** The status of what answered in the server's place, or null where nothing did. */
  readonly httpStatus: number | null;
  /** How long to wait before trying again, where what answered said so. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    { httpStatus = null, retryAfterMs = null, cause }: Partial<UnreachableError> = {},
  ) {
    super(message, { cause });
    this.httpStatus = httpStatus;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What went wrong, whatever was caught. */
export type Failure =
  /** The server decided against it; a deadline that passed is `deadline.exceeded`, whoever noticed. */
  | { kind: "refused"; refusal: Refusal }
  /** Nobody knows whether it was done; a mutation is safe to send again under its idempotency key. */
  | { kind: "unreachable"; httpStatus: number | null }
  /** By the caller's own signal. */
  | { kind: "aborted" }
  /** Ours, or a bug of the caller's; `errorId` finds it in the server's log. */
  | { kind: "defect"; errorId: string | null };

export function failureOf(error: unknown): Failure {
  if (isRefusal(error)) return { kind: "refused", refusal: error.data.refusal };
  const unreachable = unreachableIn(error);
  if (unreachable) return { kind: "unreachable", httpStatus: unreachable.httpStatus };
  if (isAbort(error)) return { kind: "aborted" };
  const data = (error as { data?: { errorId?: string | null } } | null)?.data;
  return { kind: "defect", errorId: data?.errorId ?? null };
}

/** Whether the server was not reached or could not answer, so that the same may work in a moment. */
export const isUnreachable = (error: unknown): boolean =>
  unreachableIn(error) !== null || isRefusal(error, "service.unavailable");

export function unreachableIn(error: unknown): UnreachableError | null {
  if (error instanceof UnreachableError) return error;
  return error instanceof Error && error.cause instanceof UnreachableError ? error.cause : null;
}

export const isAbort = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "AbortError" || (error.cause instanceof Error && error.cause.name === "AbortError"));

export type CallError = TRPCClientError<AppRouter>;

export const toCallError = (error: unknown): CallError => TRPCClientError.from(error as Error);

/** As the platforms' own, which not all of them have. */
export function abortError(): CallError {
  const cause = new Error("The call was aborted.");
  cause.name = "AbortError";
  return toCallError(cause);
}

/** The same error as where the server notices first. */
export const deadlineError = (path: string): CallError =>
  TRPCClientError.from({
    error: {
      message: "The deadline passed before the answer.",
      code: -32504,
      data: {
        code: "GATEWAY_TIMEOUT",
        httpStatus: 504,
        path,
        refusal: { code: "deadline.exceeded" },
        errorId: null,
      },
    },
  });
