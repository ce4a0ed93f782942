import { lockTag, updateTag } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Tag } from "./view.ts";

interface Rename {
  tagId: string;
  version: number;
  name?: string;
  color?: string;
}

/** Gives a tag another name or colour on every ticket; histories keep the old one. @throws RefusalError as `tags.rename` declares. */
export const rename = (ctx: Context, input: Rename): Promise<Tag> =>
  ctx.transact(async (unit) => {
    const before = (await lockTag.first(unit, { id: input.tagId })) ?? refuse({ code: "tag.not_found" });
    expectVersion(before, input.version);
    const { name = before.name, color = before.color } = input;
    return (await updateTag.first(unit, { id: before.id, name, color, at: ctx.now }))!;
  });
