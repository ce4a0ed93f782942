import { lockField, setFieldArchived } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Field, toField } from "./view.ts";

interface Archive {
  fieldId: string;
  version: number;
}

/** Takes a field out of use; what tickets have of it stays, unseen, until it is restored. @throws RefusalError `field.not_found`, `version.conflict`. */
export const archive = (ctx: Context, input: Archive): Promise<Field> => setArchived(ctx, input, true);

/** Takes an archived field back into use. @throws RefusalError `field.not_found`, `version.conflict`. */
export const restore = (ctx: Context, input: Archive): Promise<Field> => setArchived(ctx, input, false);

const setArchived = (ctx: Context, { fieldId: id, version }: Archive, isArchived: boolean): Promise<Field> =>
  ctx.transact(async (unit) => {
    const before = (await lockField.first(unit, { id })) ?? refuse({ code: "field.not_found" });
    expectVersion(before, version);
    if (before.isArchived === isArchived) return toField(before);
    const archivedAt = isArchived ? ctx.now : null;
    return toField((await setFieldArchived.first(unit, { id, archivedAt, at: ctx.now }))!);
  });
