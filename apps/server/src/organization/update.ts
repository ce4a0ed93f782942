import { lockOrganization, updateOrganization as write } from "@helpdesk/db";
import { expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type OrganizationView, toOrganization } from "./get.ts";

interface Update {
  version: number;
  name?: string;
  autoCloseAfterDays?: number | null;
  satisfactionSurvey?: { delaySeconds: number } | null;
}

/** Changes settings; what is left out stays. @throws RefusalError `version.conflict`. */
export const updateOrganization = (ctx: Context, input: Update): Promise<OrganizationView> =>
  ctx.transact(async (unit) => {
    const before = (await lockOrganization.first(unit))!;
    expectVersion(before, input.version);
    const { name, autoCloseAfterDays, satisfactionSurvey } = { ...toOrganization(before), ...input };
    const surveyDelaySeconds = satisfactionSurvey?.delaySeconds ?? null;
    const values = { name, autoCloseAfterDays, surveyDelaySeconds, at: ctx.now };
    return toOrganization((await write.first(unit, values))!);
  });
