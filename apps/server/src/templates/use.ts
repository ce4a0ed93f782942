import { type Unit, findTemplate, holdTags } from "@helpdesk/db";
import { type UsableTemplate, refuse, usableTemplate } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { isUsable } from "./list.ts";
import { defaultsOf } from "./view.ts";

/** A template to open a ticket with, without what is gone; its tags stay until the unit ends. @throws RefusalError `template.not_found`. */
export async function useTemplate({ actor, desk }: Context, unit: Unit, id: string): Promise<UsableTemplate> {
  const row = await findTemplate.first(unit, { id });
  if (!row || !isUsable(actor, row)) return refuse({ code: "template.not_found" });
  const defaults = defaultsOf(row);
  const rows = await holdTags(unit, { ids: "[]", names: JSON.stringify(defaults.tags ?? []) });
  const tags = rows.map((tag) => ({ id: tag.id, label: tag.name }));
  return usableTemplate(desk, defaults, tags);
}
