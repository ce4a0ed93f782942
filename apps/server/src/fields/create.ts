import { insertField } from "@helpdesk/db";
import { draftProblem, refuse, withArchived } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createInput } from "./input.ts";
import { type Field, toField } from "./view.ts";

/** Makes a field, behind all others. @throws RefusalError `field.draft_invalid`, `field.key_taken`. */
export const create = (ctx: Context, { key, kind, ...draft }: z.output<typeof createInput>): Promise<Field> =>
  ctx.transact(async (unit) => {
    const problem = draftProblem({ kind, ...draft });
    if (problem) refuse({ code: "field.draft_invalid", problem });
    const values = JSON.stringify({ ...draft, options: withArchived([], draft.options) });
    return toField((await insertField.first(unit, { id: ctx.newId(), key, kind, values, at: ctx.now }))!);
  });
