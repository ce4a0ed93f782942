import { TRPCClientError } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { UnreachableError, isAbort, toCallError, unreachableIn } from "./failure.ts";
import type { Link } from "./types.ts";

/** What tRPC says where an answer ends in due form, but too early. */
const ENDED_EARLY = /^Stream closed /;

/** For answers in pieces: one that is cut fails as unreachable, before its first piece or among them. */
export const piecesLink =
  (link: Link): Link =>
  (runtime) => {
    const send = link(runtime);
    return ({ op, next }) =>
      observable((observer) =>
        send({ op, next }).subscribe({
          next: (value) => {
            const { result } = value;
            const isData = result.type === undefined || result.type === "data";
            observer.next(isData ? { ...value, result: { ...result, data: whole(result.data) } } : value);
          },
          complete: () => observer.complete(),
          error: (error) => observer.error(ENDED_EARLY.test(error.message) ? cut(error) : error),
        }),
      );
  };

const whole = (data: unknown): unknown =>
  typeof data === "object" && data !== null && Symbol.asyncIterator in data
    ? piecesOf(data as AsyncIterable<unknown>)
    : data;

async function* piecesOf(pieces: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* pieces;
  } catch (error) {
    // What the server says is an error of tRPC's already.
    throw error instanceof TRPCClientError || isAbort(error) ? error : cut(error);
  }
}

const cut = (cause: unknown) =>
  toCallError(unreachableIn(cause) ?? new UnreachableError("The answer was cut.", { cause }));
