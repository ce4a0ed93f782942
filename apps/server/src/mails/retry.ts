import { retryMail } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Has a mail that was given up tried again, for a day. @throws RefusalError `mail.not_found`. */
export const retry = (ctx: Context, { mailId: id }: { mailId: string }): Promise<null> =>
  ctx.transact(async (unit) => {
    if (!(await retryMail.first(unit, { id, at: ctx.now }))) refuse({ code: "mail.not_found" });
    return null;
  });
