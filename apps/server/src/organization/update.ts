import { lockOrganization, updateOrganization as write } from "@helpdesk/db";
import { type MailSenderRule, expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type OrganizationView, toOrganization } from "./get.ts";

interface Update {
  version: number;
  name?: string;
  timeZone?: string;
  locale?: string;
  autoCloseAfterDays?: number | null;
  satisfactionSurvey?: { delaySeconds: number } | null;
  mailSenders?: MailSenderRule;
  acknowledgesMail?: boolean;
}

/** Changes settings; what is left out stays. @throws RefusalError `version.conflict`. */
export const updateOrganization = (ctx: Context, input: Update): Promise<OrganizationView> =>
  ctx.transact(async (unit) => {
    const before = (await lockOrganization.first(unit))!;
    expectVersion(before, input.version);
    const { name, timeZone, locale, autoCloseAfterDays, satisfactionSurvey, mailSenders, acknowledgesMail } =
      {
        ...toOrganization(before),
        ...input,
      };
    const surveyDelaySeconds = satisfactionSurvey?.delaySeconds ?? null;
    const values = {
      name,
      timeZone,
      locale,
      autoCloseAfterDays,
      surveyDelaySeconds,
      mailSenders,
      acknowledgesMail,
      at: ctx.now,
    };
    return toOrganization((await write.first(unit, values))!);
  });
