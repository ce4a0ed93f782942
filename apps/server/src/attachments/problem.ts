import { type Refusal, RefusalError } from "@helpdesk/domain";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { refusalBehind, refusalOf } from "../refusals.ts";

/** The error as the refusal it stands for, where it stands for one. */
export function asRefused(error: unknown): unknown {
  const refusal = refusalIn(error);
  return refusal === null ? error : new RefusalError(refusal);
}

/** As counted: a refusal's code, or what else it was. */
export const outcomeOf = (error: unknown): string =>
  refusalIn(error)?.code ??
  ((error as { statusCode?: number }).statusCode === 400 ? "BAD_REQUEST" : "defect");

const refusalIn = (error: unknown): Refusal | null =>
  error instanceof z.ZodError
    ? refusalBehind(new TRPCError({ code: "BAD_REQUEST", cause: error }))
    : refusalOf(error);
