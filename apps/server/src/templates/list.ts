import { type TemplateRow, listTemplates } from "@helpdesk/db";
import { type UserActor, may } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { allTags } from "../tags/all.ts";
import { type Template, toTemplate } from "./view.ts";

/** The templates that the actor may open tickets with, in their order; who manages templates sees all. */
export async function list(ctx: Context): Promise<Template[]> {
  const { actor, read } = ctx;
  const isManager = may(actor, "template.manage");
  const rows = (await listTemplates(read)).filter((row) => isManager || isUsable(actor, row));
  const tags = rows.length === 0 ? [] : await allTags(read);
  return rows.map((row) => toTemplate(row, ctx, tags));
}

/** Those who do not work on tickets have the templates that are for customers. */
export const isUsable = (actor: UserActor, { isActive, isForCustomers }: TemplateRow): boolean =>
  isActive && (isForCustomers || may(actor, "ticket.note"));
