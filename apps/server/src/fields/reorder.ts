import { listFields, lockFields, orderFields } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Field, toField } from "./view.ts";

/** Puts the fields that are not archived into an order. @throws RefusalError `field.order_incomplete`. */
export const reorder = (ctx: Context, { fieldIds }: { fieldIds: readonly string[] }): Promise<Field[]> =>
  ctx.transact(async (unit) => {
    const known = (await lockFields(unit)).filter(({ isArchived }) => !isArchived).map(({ id }) => id);
    const isComplete = known.length === fieldIds.length && new Set(fieldIds).size === known.length;
    if (!isComplete || !known.every((id) => fieldIds.includes(id)))
      refuse({ code: "field.order_incomplete" });
    await orderFields(unit, { ids: `{${fieldIds.join(",")}}`, at: ctx.now });
    return (await listFields(unit)).map(toField);
  });
