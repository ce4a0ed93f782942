import { type OrganizationSettings, lockOrganization, updateOrganization as write } from "@helpdesk/db";
import { expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";

interface Update {
  version: number;
  name?: string;
  autoCloseAfterDays?: number | null;
}

/** Changes settings; what is left out stays. @throws RefusalError `version.conflict`. */
export const updateOrganization = (ctx: Context, input: Update): Promise<OrganizationSettings> =>
  ctx.transact(async (unit) => {
    const before = (await lockOrganization.first(unit))!;
    expectVersion(before, input.version);
    const { name = before.name, autoCloseAfterDays = before.autoCloseAfterDays } = input;
    return (await write.first(unit, { name, autoCloseAfterDays, at: ctx.now }))!;
  });
