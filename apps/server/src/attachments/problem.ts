import type { Refusal } from "@helpdesk/domain";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import { refusalBehind, refusalError, refusalOf } from "../refusals.ts";

/** An error outside tRPC, as RFC 9457 has it; `refusal` and `errorId` as in the errors of procedures. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: number;
  refusal: Refusal | null;
  errorId: string | null;
}

/** What an error is to the caller. One of ours has an `errorId` to find in the log. */
export function problemOf(error: unknown, requestId: string): { status: number; body: Problem } {
  const refusal = refusalIn(error);
  if (refusal) {
    const mapped = refusalError(refusal);
    return answer(getHTTPStatusCodeFromError(mapped), mapped.message, { refusal });
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status < 500) return answer(status, (error as Error).message, {});
  return answer(500, "Internal error.", { errorId: requestId });
}

/** As counted: a refusal's code, or what else it was. */
export const outcomeOf = (error: unknown): string =>
  refusalIn(error)?.code ??
  ((error as { statusCode?: number }).statusCode === 400 ? "BAD_REQUEST" : "defect");

const refusalIn = (error: unknown): Refusal | null =>
  error instanceof z.ZodError
    ? refusalBehind(new TRPCError({ code: "BAD_REQUEST", cause: error }))
    : refusalOf(error);

const answer = (
  status: number,
  title: string,
  { refusal = null, errorId = null }: Partial<Pick<Problem, "refusal" | "errorId">>,
) => ({ status, body: { type: "about:blank" as const, title, status, refusal, errorId } });
