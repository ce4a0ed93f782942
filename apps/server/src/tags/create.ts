import { insertTag } from "@helpdesk/db";
import type { Context } from "../context.ts";
import type { Tag } from "./view.ts";

/** Makes a tag. @throws RefusalError `tag.name_taken`. */
export const create = (ctx: Context, input: { name: string; color: string }): Promise<Tag> =>
  ctx.transact(async (unit) => (await insertTag.first(unit, { ...input, id: ctx.newId(), at: ctx.now }))!);
