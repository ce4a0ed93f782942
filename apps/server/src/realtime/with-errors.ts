import { TRPCError } from "@trpc/server";
import { refusalError } from "../refusals.ts";
import { StreamCut } from "./listening.ts";

/** A stream whose errors are answered as those of calls are. Who reads one that is cut is told to come again. */
export async function* withErrors<T>(
  stream: AsyncIterable<T>,
  answer: (error: TRPCError) => TRPCError,
): AsyncGenerator<T, void> {
  try {
    yield* stream;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof StreamCut) throw refusalError({ code: "service.unavailable" });
    throw answer(
      error instanceof TRPCError
        ? error
        : new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Internal error.", cause: error }),
    );
  }
}
