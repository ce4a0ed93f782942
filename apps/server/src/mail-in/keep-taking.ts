import { claimInboundMails, noOrganization, putOffMail, transact } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import { repeat } from "../worker/repeat.ts";
import { type Taking, take } from "./take.ts";

/** How long a mail is one worker's. */
const CLAIM_SECONDS = 120;
const AT_ONCE = 2;
const LOOK_EVERY_MS = 500;
const LONGEST_PAUSE_SECONDS = 3_600;

/** Takes some mails that are due and returns how many there were. Any number of workers may do it at once. */
export async function takeMails(taking: Taking): Promise<number> {
  const { sql, runtime, log } = taking;
  const now = runtime.now();
  const until = plusSeconds(now, CLAIM_SECONDS);
  const mails = await transact(sql, noOrganization, (unit) =>
    claimInboundMails(unit, { now, until, limit: AT_ONCE }),
  );
  await Promise.all(
    mails.map(async (claimed) => {
      try {
        await take(taking, claimed);
      } catch (error) {
        log.error({ err: error, mailId: claimed.id }, "mail in");
        const pause = Math.min(5 * 2 ** claimed.attempts, LONGEST_PAUSE_SECONDS);
        const dueAt = plusSeconds(runtime.now(), pause);
        await transact(sql, claimed.organizationId, (unit) => putOffMail(unit, { ...claimed, dueAt }));
      }
    }),
  );
  return mails.length;
}

/** Takes mails as they come until the function it returns is called. A worker that dies leaves its mails to the others. */
export const keepTaking = (taking: Taking): (() => Promise<void>) =>
  repeat(async () => ((await takeMails(taking)) > 0 ? 0 : LOOK_EVERY_MS), taking.log, "mail in");
