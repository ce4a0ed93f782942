import { lockField, updateField } from "@helpdesk/db";
import { draftProblem, expectVersion, refuse, withArchived } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateInput } from "./input.ts";
import { type Field, toField } from "./view.ts";

/** Changes a field; what is left out stays, and so do its key, its kind and the values of tickets. @throws RefusalError as `fields.update` declares. */
export const update = (
  ctx: Context,
  { fieldId: id, version, ...input }: z.output<typeof updateInput>,
): Promise<Field> =>
  ctx.transact(async (unit) => {
    const before = (await lockField.first(unit, { id })) ?? refuse({ code: "field.not_found" });
    expectVersion(before, version);
    const {
      name = before.name,
      description = before.description,
      options = before.options.filter(({ isArchived }) => !isArchived),
      min = before.min,
      max = before.max,
      requiredTo = before.requiredTo,
      customerAccess = before.customerAccess,
    } = input;
    const problem = draftProblem({ kind: before.kind, options, min, max });
    if (problem) refuse({ code: "field.draft_invalid", problem });
    const after = { name, description, min, max, requiredTo, customerAccess };
    const values = JSON.stringify({ ...after, options: withArchived(before.options, options) });
    return toField((await updateField.first(unit, { id, values, at: ctx.now }))!);
  });
