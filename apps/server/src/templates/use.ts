import { type TemplateRow, type Unit, findTemplate } from "@helpdesk/db";
import { type Labelled, type UsableTemplate, refuse, usableTemplate } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldTags } from "../tickets/set-tags.ts";
import { isUsable } from "./list.ts";
import { defaultsOf } from "./view.ts";

/** A template to open a ticket with, without what is gone; its tags stay until the unit ends. @throws RefusalError `template.not_found`. */
export async function useTemplate({ actor, desk }: Context, unit: Unit, id: string): Promise<UsableTemplate> {
  const row = await findTemplate.first(unit, { id });
  if (!row || !isUsable(actor, row)) return refuse({ code: "template.not_found" });
  return usableTemplate(desk, defaultsOf(row), await heldTagsOf(unit, row));
}

/** A template's tags, which keep their names until the unit ends. */
export const heldTagsOf = (unit: Unit, row: TemplateRow): Promise<Labelled[]> =>
  heldTags(unit, defaultsOf(row).tagIds ?? [], []);
