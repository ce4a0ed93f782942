import { lockTemplate, updateTemplate } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { checked } from "./create.ts";
import type { updateInput } from "./input.ts";
import { heldTagsOf } from "./use.ts";
import { type Template, toTemplate } from "./view.ts";

/** Changes a template; what is left out stays, but for what is gone. @throws RefusalError as `templates.update` declares. */
export const update = (
  ctx: Context,
  { templateId: id, version, ...input }: z.output<typeof updateInput>,
): Promise<Template> =>
  ctx.transact(async (unit) => {
    const row = (await lockTemplate.first(unit, { id })) ?? refuse({ code: "template.not_found" });
    expectVersion(row, version);
    const before = toTemplate(row, ctx, await heldTagsOf(unit, row));
    const { values, tags } = await checked(ctx, unit, { ...before, ...input });
    return toTemplate((await updateTemplate.first(unit, { ...values, id, at: ctx.now }))!, ctx, tags);
  });
