import { deleteTemplate as remove, lockTemplate } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Deletes a template; tickets opened with it stay. @throws RefusalError `template.not_found`, `version.conflict`. */
export const deleteTemplate = (ctx: Context, input: { templateId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const id = input.templateId;
    expectVersion(
      (await lockTemplate.first(unit, { id })) ?? refuse({ code: "template.not_found" }),
      input.version,
    );
    await remove(unit, { id });
    return null;
  });
