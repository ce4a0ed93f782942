import { setTimeout as wait } from "node:timers/promises";
import { type Sql, findPeopleToMail, noOrganization, read, transact, writeMailOutcomes } from "@helpdesk/db";
import { nextMailAttemptAt, plusSeconds } from "@helpdesk/domain";
import type { Logger } from "pino";
import { type Env, publicUrl } from "../env.ts";
import type { Runtime } from "../runtime.ts";
import { repeat } from "../worker/repeat.ts";
import { MailAddresses } from "./addresses.ts";
import { CLAIM_SECONDS, type Claim, claimMails } from "./claim.ts";
import { type Desk, type News, digestOf, isForAnswers, letterOf } from "./letter.ts";
import { MAIL_CONNECTIONS, type Mail, type Mailer, isFinal } from "./mailer.ts";
import { oneLine } from "./plain.ts";
import { Unsubscriptions } from "./unsubscriptions.ts";

export interface Sending {
  sql: Sql;
  runtime: Runtime;
  env: Env;
  log: Logger;
  mailer: Mailer;
}

const LOOK_EVERY_MS = 1_000;
/** People whose mails one look takes at most. */
const PEOPLE = 40;
/** The longest that one mail takes to be sent or to fail: none is begun so shortly before its claim ends. */
const LONGEST_SECONDS = 180;

const MAX_PROBLEM = 500;

/** How long a mail that is under way may keep a worker that is to end. */
const STOP_WITHIN_MS = 8_000;

/** Sends what is due until the function it returns is called. The rows alone say what is due. */
export function keepMailing(sending: Sending): () => Promise<void> {
  const stopping = new AbortController();
  const look = async () => ((await sendDueMails(sending, stopping.signal)) > 0 ? 0 : LOOK_EVERY_MS);
  const stop = repeat(look, sending.log, "mails");
  return async () => {
    stopping.abort();
    await Promise.race([stop(), wait(STOP_WITHIN_MS, undefined, { ref: false })]);
  };
}

/**
 * Sends the mails of notifications that are due, over all organizations, and decides on those that nobody is to get.
 * Any number may look at once. Returns for how many people there was something to send.
 */
export async function sendDueMails(sending: Sending, signal?: AbortSignal): Promise<number> {
  const { sql, runtime, env, log } = sending;
  const now = runtime.now();
  const createdBefore = plusSeconds(now, -env.MAIL_DELAY_SECONDS);
  const desk: Desk = {
    publicUrl: publicUrl(env),
    addresses: new MailAddresses(env),
    unsubscriptions: new Unsubscriptions(env),
  };
  const people = await findPeopleToMail(read(sql, noOrganization), { now, createdBefore, limit: PEOPLE });
  let served = 0;
  const lane = async () => {
    for (let person = people.pop(); person && !signal?.aborted; person = people.pop()) {
      const { organizationId, userId } = person;
      try {
        const claimedMs = runtime.monotonicMs();
        const claim = await transact(sql, organizationId, (unit) =>
          claimMails(unit, { userId, now, createdBefore }),
        );
        if (!claim) continue;
        served++;
        const untilMs = claimedMs + (CLAIM_SECONDS - LONGEST_SECONDS) * 1_000;
        await sendClaimed(sending, desk, claim, () => !signal?.aborted && runtime.monotonicMs() < untilMs);
      } catch (error) {
        log.error({ err: error, organizationId, userId }, "mails");
      }
    }
  };
  people.reverse();
  await Promise.all(Array.from({ length: MAIL_CONNECTIONS }, lane));
  return served;
}

async function sendClaimed(sending: Sending, desk: Desk, claim: Claim, goesOn: () => boolean): Promise<void> {
  const { to, letters, digest } = claim;
  if (digest.length > 0)
    await send(sending, to.organizationId, digest, async () => digestOf(desk, to, digest), true);
  const sent: News[] = [];
  for (const news of letters) {
    // What is left of the claim is due again when that ends.
    if (!goesOn()) return;
    const onThread = sent
      .filter((each) => each.ticket?.id === news.ticket?.id && isForAnswers(each))
      .map(({ id }) => ({ id, messageId: null }));
    const before = [...onThread.toReversed(), ...news.before];
    const isSent = await send(
      sending,
      to.organizationId,
      [news],
      () => letterOf(desk, to, news, before),
      false,
    );
    if (isSent) sent.push(news);
  }
}

/** One mail, and what came of it. */
async function send(
  { sql, runtime, mailer, log }: Sending,
  organizationId: string,
  all: readonly News[],
  write: () => Promise<Mail>,
  isInDigest: boolean,
): Promise<boolean> {
  let failure: unknown = null;
  try {
    await mailer.send(await write());
  } catch (error) {
    failure = error ?? new Error("unknown");
  }
  const now = runtime.now();
  const outcomes = all.map(({ id, attempts }) => {
    const of = { id, attempts, isInDigest: isInDigest && failure === null };
    if (failure === null) return { ...of, state: "sent", mailedAt: now };
    const problem = problemOf(failure);
    const dueAt = isFinal(failure) ? null : nextMailAttemptAt(attempts, now);
    return { ...of, state: dueAt === null ? "failed" : "due", dueAt, problem };
  });
  if (failure !== null)
    log.warn({ err: failure, organizationId, notificationIds: all.map(({ id }) => id) }, "mail");
  await transact(sql, organizationId, (unit) =>
    writeMailOutcomes(unit, { outcomes: JSON.stringify(outcomes) }),
  );
  return failure === null;
}

const problemOf = (error: unknown): string =>
  oneLine(error instanceof Error ? error.message : String(error)).slice(0, MAX_PROBLEM) || "It was not sent.";
