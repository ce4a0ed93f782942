import { type Instant, toEpochMs } from "../instant.ts";
import { between } from "./credit.ts";
import type { Marked } from "./marks.ts";
import type { Scenario } from "./scenario.ts";
import { outcomes } from "./session-log.ts";

export interface ResponseTimes {
  /** Null while the trainee has said nothing. */
  firstReplyMs: number | null;
  meanReplyMs: number | null;
  /** While the trainee had the turn; null without an outcome, and for who said nothing at all. */
  handlingMs: number | null;
}

/** How long the trainee took: the clock stands while the customer has the turn. */
export function responseTimes(log: readonly Marked[]): ResponseTimes {
  let turnSince: Instant | null = log[0]?.event.at ?? null;
  let handlingMs = 0;
  const replies: number[] = [];
  let hasOutcome = false;
  for (const { event } of log) {
    if (event.kind === "customer_said") turnSince ??= event.at;
    const isEnd = (outcomes as readonly string[]).includes(event.kind);
    if (turnSince !== null && (event.kind === "trainee_said" || isEnd)) {
      const tookMs = Math.max(0, toEpochMs(event.at) - toEpochMs(turnSince));
      handlingMs += tookMs;
      if (event.kind === "trainee_said") replies.push(tookMs);
      turnSince = null;
    }
    hasOutcome ||= isEnd;
  }
  const meanReplyMs =
    replies.length === 0 ? null : Math.round(replies.reduce((sum, ms) => sum + ms, 0) / replies.length);
  return {
    firstReplyMs: replies[0] ?? null,
    meanReplyMs,
    handlingMs: hasOutcome && replies.length > 0 ? handlingMs : null,
  };
}

/** Four parts first reply, three mean reply, three handling time, each linear between full and zero credit. */
export function responseTimeCredits({ time }: Scenario, log: readonly Marked[]) {
  const { firstReplyMs, meanReplyMs, handlingMs } = responseTimes(log);
  const credit = (ms: number | null, { fullSeconds, zeroSeconds }: Scenario["time"]["firstReply"]) =>
    ms === null ? 0 : between(ms, fullSeconds * 1_000, zeroSeconds * 1_000);
  return [
    { id: "first_reply", weight: 4, millionths: credit(firstReplyMs, time.firstReply) },
    { id: "mean_reply", weight: 3, millionths: credit(meanReplyMs, time.meanReply) },
    { id: "handling", weight: 3, millionths: credit(handlingMs, time.handling) },
  ];
}
