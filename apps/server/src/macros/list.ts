import { type MacroRow, listMacros } from "@helpdesk/db";
import { type UserActor, may } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { allTags } from "../tags/all.ts";
import { type Macro, toMacro } from "./view.ts";

/** The macros that the actor may use, by name; who manages macros sees all, the inactive ones too. */
export async function list({ actor, read }: Context): Promise<Macro[]> {
  const isManager = may(actor, "macro.manage");
  const rows = (await listMacros(read)).filter((row) => isManager || isUsable(actor, row));
  const tags = rows.length === 0 ? [] : await allTags(read);
  return rows.map((row) => toMacro(row, tags));
}

/** A department's macro is for those who belong to it, or see all tickets. */
export const isUsable = (actor: UserActor, { isActive, departmentId }: MacroRow): boolean =>
  isActive &&
  (departmentId === null || actor.departmentIds.has(departmentId) || may(actor, "ticket.read_organization"));
