/** Whether an answer comes in pieces. */
export const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === "object" && data !== null && Symbol.asyncIterator in data;

export async function piecesOf(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const pieces: unknown[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

export async function* streamOf(pieces: readonly unknown[]): AsyncGenerator<unknown, void> {
  yield* pieces;
}
