import { type FieldRow, listFields } from "@helpdesk/db";
import { type UserActor, may } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Field, toField } from "./view.ts";

/** The fields that the actor has to do with, in their order; who manages fields sees archived ones too. */
export const list = async ({ actor, read }: Context): Promise<Field[]> =>
  (await listFields(read)).filter((row) => isFor(actor, row)).map(toField);

function isFor(actor: UserActor, { isArchived, customerAccess }: FieldRow): boolean {
  if (isArchived) return may(actor, "field.manage");
  return customerAccess !== "none" || may(actor, "ticket.note");
}
