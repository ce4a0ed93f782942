import { listGradings, listSessionEvents } from "@helpdesk/db";
import { autoFailKinds, feedback as feedbackOf, hintLevels, refuse, sections } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { toLogged } from "./logged.ts";
import { playableOf } from "./playable.ts";
import { gradingSchema, toGrading } from "./view.ts";
import { visibleSession } from "./visible.ts";

const hundredths = z.int();
const evidenceSchema = z.object({ sequence: z.int(), kind: z.string(), text: z.string() });

/** What a score is made of, in hundredths of the overall score, and what would have made it better. */
export const feedbackSchema = z.object({
  overall: hundredths,
  isPassed: z.boolean(),
  passMark: hundredths,
  xp: z.int(),
  sections: z.array(
    z.object({ section: z.enum(sections), score: hundredths, won: hundredths, lost: hundredths }),
  ),
  /** What they won and lost sums to 10,000. */
  criteria: z.array(
    z.object({
      section: z.enum(sections),
      id: z.string(),
      text: z.string(),
      weight: z.int(),
      millionths: z.int(),
      won: hundredths,
      lost: hundredths,
      evidence: z.array(evidenceSchema),
    }),
  ),
  autoFails: z.array(
    z.object({
      kind: z.enum(autoFailKinds),
      cap: hundredths,
      sequence: z.int(),
      cost: hundredths,
      evidence: evidenceSchema,
    }),
  ),
  times: z.array(
    z.object({
      id: z.enum(["first_reply", "mean_reply", "handling"]),
      tookMs: z.int().nullable(),
      fullSeconds: z.int(),
      zeroSeconds: z.int(),
    }),
  ),
  hints: z.array(z.object({ sequence: z.int(), level: z.enum(hintLevels), xpCost: z.int() })),
  /** Whether the session was played again in other ways; where that took too long, there is nothing to say of it. */
  isCoached: z.boolean(),
  /** One thing done otherwise, and what the whole session, played again, would have come to. */
  advice: z.array(
    z.object({ text: z.string(), worth: hundredths, overall: hundredths, wouldPass: z.boolean() }),
  ),
  /** The first event from which a pass was out of reach; null where it never was. */
  pointOfNoReturn: z
    .object({
      sequence: z.int(),
      text: z.string(),
      /** The best end in reach before it, and after. */
      before: hundredths,
      after: hundredths,
      isProven: z.boolean(),
    })
    .nullable(),
  /** The first at the session's end, one more after each correction; the last one counts. */
  gradings: z.array(gradingSchema),
});
export type FeedbackView = z.output<typeof feedbackSchema>;

/** What a session that has ended teaches. @throws RefusalError `session.not_found`, `session.not_ended`. */
export async function feedback(ctx: Context, { sessionId }: { sessionId: string }): Promise<FeedbackView> {
  const session = await visibleSession(ctx, ctx.read, sessionId);
  if (session.endedAt === null) refuse({ code: "session.not_ended" });
  const [{ scenario }, rows, gradings] = await Promise.all([
    playableOf(ctx.read, session),
    listSessionEvents(ctx.read, { sessionId }),
    listGradings(ctx.read, { sessionId }),
  ]);
  const log = rows.map((row) => toLogged(row).event);
  const { castId, seed, attempt, isVirtual } = session;
  const explained = feedbackOf(scenario, castId, log, { isFirst: attempt === 1 });
  const { coaching } = ctx.request.resources;
  const coached = await coaching.coach(ctx.actor.userId, session.logHash, {
    setting: { scenario, castId, seed },
    log,
  });
  return {
    ...explained,
    xp: isVirtual ? 0 : explained.xp,
    isCoached: coached !== null,
    ...(coached ?? { advice: [], pointOfNoReturn: null }),
    gradings: gradings.map(toGrading),
  };
}
