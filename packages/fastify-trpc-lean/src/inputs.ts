import { TRPCError, type TRPCDataTransformer } from "@trpc/server";

/** The inputs of a request, parsed when the first one is read; what went wrong then is the same error for all. */
export class Inputs {
  readonly #text: string;
  /** How many calls the batch has; null for a single call. */
  readonly #batchSize: number | null;
  readonly #transformer: Pick<TRPCDataTransformer, "deserialize">;
  #values: readonly unknown[] | null = null;
  #error: TRPCError | null = null;

  constructor(
    text: string,
    {
      batchSize,
      transformer,
    }: { batchSize: number | null; transformer: Pick<TRPCDataTransformer, "deserialize"> },
  ) {
    this.#text = text;
    this.#batchSize = batchSize;
    this.#transformer = transformer;
  }

  /** @throws TRPCError BAD_REQUEST for what cannot be parsed. */
  read(index: number): unknown {
    if (this.#error) throw this.#error;
    try {
      this.#values ??= this.#parse();
    } catch (cause) {
      this.#error = cause instanceof TRPCError ? cause : invalid(cause);
      throw this.#error;
    }
    return this.#values[index];
  }

  /** The input if it was read; undefined before. */
  known(index: number): unknown {
    return this.#values?.[index];
  }

  #parse(): unknown[] {
    if (this.#text === "") return [];
    const sent: unknown = JSON.parse(this.#text);
    if (this.#batchSize === null) return [this.#transformer.deserialize(sent)];
    if (typeof sent !== "object" || sent === null || Array.isArray(sent))
      throw new TRPCError({
        code: "BAD_REQUEST",
        message: '"input" needs to be an object when doing a batch call',
      });
    const inputs: unknown[] = [];
    for (let index = 0; index < this.#batchSize; index++) {
      const input = (sent as Record<number, unknown>)[index];
      inputs.push(input === undefined ? undefined : this.#transformer.deserialize(input));
    }
    return inputs;
  }
}

const invalid = (cause: unknown): TRPCError =>
  new TRPCError({
    code: "BAD_REQUEST",
    message: cause instanceof Error ? cause.message : "Invalid input",
    cause,
  });
