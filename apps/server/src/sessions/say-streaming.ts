import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { type MoveView, moveSchema, toMove } from "./move-view.ts";
import { type Played, play } from "./play.ts";

/** A piece of an answer that is read while it is said. */
const pieceSchema = z.discriminatedUnion("type", [
  /** The message is in the log; so is its answer. */
  z.object({ type: z.literal("accepted"), sequence: z.int() }),
  /** The next words of the customer. */
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("done"), move: moveSchema }),
]);
export type Piece = z.output<typeof pieceSchema>;

/** Pieces as a procedure declares them: each is checked as it goes out. */
export const piecesSchema = z
  .custom<AsyncIterable<Piece>>((value) => typeof value === "object" && value !== null)
  .transform(checked);

async function* checked(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  for await (const piece of pieces) yield pieceSchema.parse(piece);
}

/**
 * Says something to the customer, whose answer comes in pieces. All is written before the first of them, and nothing
 * after: who stops reading has missed words, not the answer. @throws RefusalError as `sessions.sayStreaming` declares.
 */
export async function sayStreaming(
  ctx: Context,
  input: { sessionId: string; text: string },
): Promise<AsyncIterable<Piece>> {
  // Refused before anything is written, not when it cannot be answered.
  if (!ctx.request.takesStreams)
    throw new TRPCError({
      code: "UNSUPPORTED_MEDIA_TYPE",
      message: "The answer is a stream: use httpBatchStreamLink, or sessions.say.",
    });
  const played = await play(ctx, input.sessionId, ({ hear }) => ({
    kind: "say",
    text: input.text,
    ...hear(input.text),
  }));
  return piecesOf(played, toMove(played));
}

/** A few words at a time. */
const WORDS = /(?:\S+\s*){1,3}/gu;

async function* piecesOf({ added }: Played, move: MoveView): AsyncGenerator<Piece, void> {
  for (const event of added) {
    if (event.kind === "trainee_said") yield { type: "accepted", sequence: event.sequence };
    if (event.kind === "customer_said")
      for (const text of event.text.match(WORDS) ?? []) yield { type: "text", text };
  }
  yield { type: "done", move };
}
