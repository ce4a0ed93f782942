import { deleteTag as remove, findTagUse, lockTag } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Deletes a tag that no ticket has. @throws RefusalError as `tags.delete` declares. */
export const deleteTag = (ctx: Context, input: { tagId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const tag = (await lockTag.first(unit, { id: input.tagId })) ?? refuse({ code: "tag.not_found" });
    expectVersion(tag, input.version);
    if (await findTagUse.first(unit, { id: tag.id })) refuse({ code: "tag.in_use" });
    await remove(unit, { id: tag.id });
    return null;
  });
