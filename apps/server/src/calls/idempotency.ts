import { ATTEMPTS, SharedTransaction, findAnswer, insertAnswer, isTransient } from "@helpdesk/db";
import { type Refusal, type RefusalCode, plusSeconds } from "@helpdesk/domain";
import { TRPCError } from "@trpc/server";
import type { Trail } from "../audit/trail.ts";
import type { Context } from "../context.ts";
import { refusalBehind, refusalError } from "../refusals.ts";
import { type Answer, AnswerSeal } from "./answer-seal.ts";
import { callerOf } from "./caller.ts";
import { byNewestRules } from "./newest-rules.ts";
import { isStream, piecesOf, streamOf } from "./pieces.ts";

/** What tRPC's `next` returns, as far as it is read here. */
export type Outcome = { ok: true; data: unknown } | { ok: false; error: TRPCError };

export interface KeyedCall {
  key: string;
  procedure: string;
  input: unknown;
  /** What the procedure declares: refusals that it decides by the state it finds. */
  refusals: readonly RefusalCode[];
  /** What it leaves in the audit log; null for nothing. */
  trail: Trail | null;
}

const KEPT_SECONDS = 86_400;

/** The key has an answer already: what was begun now must leave nothing behind. */
class AnsweredBefore extends Error {
  override readonly name = "AnsweredBefore";
}

/** How one call finds and stores the answer to its key. */
interface Store {
  find(): ReturnType<typeof findAnswer.first>;
  sealed(answer: Answer): Parameters<typeof insertAnswer>[1];
}

/**
 * Runs a mutation so that all who send its key, one after the other or at once, get one answer of one effect.
 * It runs in one transaction, whose last statement stores the answer; who comes second is rolled back there and gets
 * what is stored. @throws TRPCError for the refusal that is stored, and `idempotency.key_reused`.
 */
export async function idempotent(
  ctx: Context,
  call: KeyedCall,
  run: (ctx: Context) => Promise<Outcome>,
  onReplay: () => void,
): Promise<Outcome> {
  const { env, runtime } = ctx.request.resources;
  const { key, procedure, input } = call;
  const seal = new AnswerSeal(env.AUTH_SECRET, { caller: callerOf(ctx.actor), key, procedure, input });
  const { keyHash, requestHash } = seal;
  const at = ctx.now;
  const store: Store = {
    find: () => findAnswer.first(ctx.read, { keyHash, at }),
    sealed: (answer) => ({
      keyHash,
      requestHash,
      answer: seal.close(answer, runtime.randomBytes(AnswerSeal.nonceBytes)),
      at,
      expiresAt: plusSeconds(at, KEPT_SECONDS),
    }),
  };

  const attempt = () => byNewestRules(ctx, (context) => inOneTransaction(context, run, store, call.trail));
  let outcome = await attempt();
  for (let again = 1; again < ATTEMPTS && isConflict(outcome); again++) outcome = await attempt();
  if (outcome.ok || isUndecided(outcome.error)) return outcome;

  let stored = await store.find();
  if (!stored) {
    const refusal = refusalBehind(outcome.error);
    if (refusal === null || !isDecided(refusal, call)) return outcome;
    const isFirst = await ctx.transact((unit) => insertAnswer.first(unit, store.sealed({ refusal })));
    if (isFirst) return outcome;
    stored = await store.find();
  }
  if (stored?.requestHash !== requestHash) throw refusalError({ code: "idempotency.key_reused" });
  onReplay();
  return outcomeOf(seal.open(stored.answer));
}

async function inOneTransaction(
  ctx: Context,
  run: (ctx: Context) => Promise<Outcome>,
  { find, sealed }: Store,
  trail: Trail | null,
): Promise<Outcome> {
  const { actor, cancellation, request, transactApart } = ctx;
  const shared = new SharedTransaction(request.resources.sql, actor.organizationId, cancellation);
  const outcome = await run({
    ...ctx,
    read: shared.reader,
    transact: shared.transact,
    transactApart: async (work) => {
      if (await find()) throw new AnsweredBefore();
      return transactApart(work);
    },
  });
  if (!outcome.ok) {
    await shared.rollback();
    return outcome;
  }
  try {
    const pieces = isStream(outcome.data) ? await piecesOf(outcome.data) : null;
    const answer = sealed(pieces ? { pieces } : { data: outcome.data });
    const { hasBegun } = shared;
    await shared.commit(async (unit) => {
      // What wrote nothing leaves no trail, as without a key.
      if (hasBegun) await trail?.(unit, pieces ? null : outcome.data);
      if (!(await insertAnswer.first(unit, answer))) throw new AnsweredBefore();
    });
    return pieces ? { ...outcome, data: streamOf(pieces) } : outcome;
  } catch (cause) {
    await shared.rollback();
    return { ok: false, error: new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }) };
  }
}

const isConflict = (outcome: Outcome): boolean => !outcome.ok && isTransient(outcome.error.cause);

/** A failure that says nothing about the key: a bad input or transport, or nobody knows how it ended. */
function isUndecided(error: TRPCError): boolean {
  const code = refusalBehind(error)?.code;
  if (code === undefined) return error.code !== "INTERNAL_SERVER_ERROR";
  return code === "input.invalid" || code === "service.unavailable" || code === "deadline.exceeded";
}

/** Who is told to wait may come again with the same key. */
const isDecided = (refusal: Refusal, { refusals }: KeyedCall): boolean =>
  refusals.includes(refusal.code) && !("retryAfterSeconds" in refusal);

function outcomeOf(answer: Answer): Outcome {
  if ("refusal" in answer) throw refusalError(answer.refusal);
  return { ok: true, data: "pieces" in answer ? streamOf(answer.pieces) : answer.data };
}
