import type { Context } from "../context.ts";
import { mayBeUnknownYet } from "../refusals.ts";
import type { Listening } from "./listening.ts";
import type { Topic } from "./topics.ts";

/** What a stream sees when it looks: messages, and whether there are more already. */
interface Seen<Message> {
  messages: readonly Message[];
  hasMore?: boolean;
  /** When there will be something even if nothing happens; left out where never. */
  againInMs?: number | undefined;
}

/** Looks, by the rights and rules of now, from where the look before ended. */
export type Look<Message> = (ctx: Context, listening: Listening) => Promise<Seen<Message>>;

/**
 * A stream: looks at once and whenever a topic is told of, until the reader goes, loses the right to it, or the process
 * closes. It looks again once its messages have been taken, so a reader who is slow finds more at a time, not a queue.
 * @throws RefusalError as the look does, and `auth.required`, `permission.denied`, `stream.limit_reached`.
 */
export async function* follow<Message>(
  ctx: Context,
  signal: AbortSignal | undefined,
  topics: readonly Topic[],
  look: Look<Message>,
  { everyMs = 0 }: { everyMs?: number } = {},
): AsyncGenerator<Message, void> {
  const { runtime, desks, realtime } = ctx.request.resources;
  const { actor, access } = ctx;
  using listening = await realtime.listen({ actor, access, signal }, topics);
  const now = async (): Promise<Context> => ({
    ...ctx,
    actor: listening.actor,
    now: runtime.now(),
    desk: await desks.of(actor.organizationId),
  });
  let nextAtMs = 0;
  for (let again: number | undefined = undefined; ;) {
    await listening.woken(again);
    if (everyMs > 0) await listening.pause(nextAtMs - runtime.monotonicMs());
    nextAtMs = runtime.monotonicMs() + everyMs;
    for (let seen: Seen<Message> | null = null; seen === null || seen.hasMore;) {
      seen = await byKnownRules(await now(), desks, (known) => look(known, listening));
      again = seen.againInMs;
      for (const message of seen.messages) {
        listening.expectOpen();
        yield message;
      }
    }
  }
}

/** A look that meets a rule which this process does not know looks once more, by newer ones: it has not moved on. */
async function byKnownRules<T>(
  ctx: Context,
  desks: { after(known: Context["desk"]): Promise<Context["desk"]> },
  look: (ctx: Context) => Promise<T>,
): Promise<T> {
  try {
    return await look(ctx);
  } catch (error) {
    if (!mayBeUnknownYet(error)) throw error;
    return look({ ...ctx, desk: await desks.after(ctx.desk) });
  }
}
