import { deleteTag as remove, findTagUses, lockTag } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Deletes a tag that no ticket has and nothing names. @throws RefusalError as `tags.delete` declares. */
export const deleteTag = (ctx: Context, input: { tagId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const tag = (await lockTag.first(unit, { id: input.tagId })) ?? refuse({ code: "tag.not_found" });
    expectVersion(tag, input.version);
    const uses = await findTagUses(unit, { id: tag.id });
    if (uses.length > 0) refuse({ code: "tag.in_use", usedBy: uses.map(({ usedBy }) => usedBy) });
    await remove(unit, { id: tag.id });
    return null;
  });
