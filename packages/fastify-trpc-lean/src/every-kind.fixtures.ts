import { setTimeout as sleep } from "node:timers/promises";
import { TRPCError, type TRPCDataTransformer, initTRPC, lazy, tracked } from "@trpc/server";
import { z } from "zod";

export interface KindContext {
  /** What `createContext` was told of the request. */
  told: unknown;
  /** Called when a call's signal is aborted. */
  aborted(path: string): void;
}

/** Marks dates, so that a missing or doubled transformation shows. */
export const markingDates: TRPCDataTransformer = {
  serialize: (value: unknown) => {
    if (value instanceof Date) return { date: value.toISOString() };
    if (value === "cannot be serialised") throw new Error("Not that.");
    return { value };
  },
  deserialize: (sent: { value: unknown; date?: string }) => {
    if (sent.date === "never") throw new Error("Not a date.");
    return sent.date === undefined ? sent.value : new Date(sent.date);
  },
};

export interface KindOptions {
  transformer?: TRPCDataTransformer;
  isFormatting?: boolean;
  pathSeparator?: "." | "~";
}

/** A router with a procedure of every kind, and of every way to fail. */
export function everyKind({ transformer, isFormatting = false, pathSeparator }: KindOptions = {}) {
  const t = initTRPC.context<KindContext>().create({
    isDev: false,
    ...(transformer ? { transformer } : {}),
    ...(pathSeparator ? { pathSeparator } : {}),
    ...(isFormatting
      ? {
          errorFormatter: ({ shape, input, path, type, ctx, error }) => {
            if (error.message === "unspeakable") throw new Error("Nothing can be said of it.");
            return { ...shape, data: { ...shape.data, input, path, type, knows: ctx !== undefined } };
          },
        }
      : {}),
  });
  const { procedure: p, router } = t;
  const failing = (error: unknown) =>
    p.query(() => {
      throw error;
    });
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  const inner = router({ deep: p.input(z.string().optional()).query(({ input }) => `deep ${input}`) });
  return router({
    greet: p.input(z.object({ name: z.string() })).query(({ input }) => ({ hello: input.name })),
    twice: p
      .input(z.object({ a: z.number().optional() }))
      .input(z.object({ b: z.number().default(2) }))
      .query(({ input }) => input),
    echo: p.input(z.unknown()).query(({ input }) => ({ input, isThere: input !== undefined })),
    raw: p
      .use(async ({ getRawInput, next }) => next({ ctx: { raw: (await getRawInput()) ?? "none" } }))
      .query(({ ctx }) => ctx.raw),
    ignores: p.query(() => "without input"),
    nothing: p.query(() => undefined),
    nul: p.query(() => null),
    text: p.query(() => "Grüße, 世界 👋 \u2028"),
    large: p.query(() => "x".repeat(200_000)),
    date: p.query(() => new Date(0)),
    list: p.query(() => [1, null, undefined, "a"]),
    told: p.query(({ ctx, path, batchIndex, signal }) => ({
      told: ctx.told,
      path,
      batchIndex,
      isAborted: signal?.aborted,
    })),
    slow: p.query(() => sleep(30, "slow")),
    waits: p.query(async ({ signal, ctx, path }) => {
      await sleep(10_000, null, { signal: signal! }).catch(() => ctx.aborted(path));
    }),
    output: p.output(z.object({ kept: z.string() })).query(() => ({ kept: "yes", dropped: "no" })),
    wrongOutput: p.output(z.string()).query(() => 1 as unknown as string),
    notFound: failing(new TRPCError({ code: "NOT_FOUND", message: "There is none." })),
    conflict: failing(new TRPCError({ code: "CONFLICT", message: "It is old.", cause: new Error("why") })),
    tooMany: failing(new TRPCError({ code: "TOO_MANY_REQUESTS" })),
    error: failing(new Error("defect")),
    word: failing("a word"),
    thing: failing({ message: "a thing", more: 1 }),
    undefinedThrown: failing(undefined),
    unspeakable: failing(new Error("unspeakable")),
    shaped: p
      .errors(({ shape, path, input }) => ({ ...shape, data: { ...shape.data, mine: path, input } }))
      .input(z.object({ n: z.number() }))
      .query(({ input }) => {
        if (input.n > 1) throw new TRPCError({ code: "FORBIDDEN", message: "Too large." });
        return input.n;
      }),
    halfShaped: p
      .errors(({ shape, error }) =>
        error.code === "FORBIDDEN" ? { ...shape, message: "shaped" } : undefined,
      )
      .query(() => {
        throw new Error("not shaped");
      }),
    bigint: p.query(() => 1n),
    circular: p.query(() => circular),
    unserialisable: p.query(() => "cannot be serialised"),
    iterable: p.query(async function* () {
      yield await Promise.resolve(1);
      yield 2;
    }),
    promised: p.query(() => ({ now: 1, later: sleep(5, 2) })),
    iterableInside: p.query(() => ({
      now: 1,
      later: (async function* () {
        yield await Promise.resolve(2);
      })(),
    })),
    add: p.input(z.object({ a: z.number(), b: z.number() })).mutation(({ input }) => input.a + input.b),
    store: p.input(z.unknown()).mutation(({ input }) => ({ stored: input ?? "nothing" })),
    refuse: p.input(z.unknown()).mutation(() => {
      throw new TRPCError({ code: "UNPROCESSABLE_CONTENT", message: "No." });
    }),
    form: p.input(z.instanceof(FormData)).mutation(({ input }) => Object.fromEntries(input.entries())),
    inner: { again: inner, name: p.query(({ path }) => path) },
    later: lazy(() => Promise.resolve({ laterRouter: inner })),
    ticks: t.procedure.input(z.object({ upTo: z.number() })).subscription(async function* ({ input }) {
      for (let i = 0; i < input.upTo; i++) yield tracked(String(i), await Promise.resolve(i));
    }),
    failingTicks: t.procedure.subscription(async function* () {
      yield await Promise.resolve(1);
      throw new TRPCError({ code: "FORBIDDEN", message: "No more." });
    }),
  });
}

export type EveryKind = ReturnType<typeof everyKind>;
