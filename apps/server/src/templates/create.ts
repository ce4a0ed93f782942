import { type TemplateValues, type Unit, insertTemplate } from "@helpdesk/db";
import { type Labelled, type TemplateDefaults, departmentOf, patchFields } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldTags } from "../tickets/set-tags.ts";
import type { TemplateInput } from "./input.ts";
import { type Template, toTemplate } from "./view.ts";

/** Makes a template. @throws RefusalError as `templates.create` declares. */
export const create = (ctx: Context, input: TemplateInput): Promise<Template> =>
  ctx.transact(async (unit) => {
    const { values, tags } = await checked(ctx, unit, input);
    return toTemplate(
      (await insertTemplate.first(unit, { ...values, id: ctx.newId(), at: ctx.now }))!,
      ctx,
      tags,
    );
  });

/** A template as it is stored: all that it names is there. @throws RefusalError `department.not_found`, `tag.unknown`, `field.invalid`. */
export async function checked(
  { desk }: Context,
  unit: Unit,
  { name, description, isForCustomers, isActive, position, ...input }: TemplateInput,
): Promise<{ values: Omit<TemplateValues, "id" | "at">; tags: Labelled[] }> {
  const { title, body, departmentId, priority } = input;
  if (departmentId !== null) departmentOf(desk, departmentId);
  const tags = await heldTags(unit, [], input.tags);
  const defaults: TemplateDefaults = {
    title,
    description: body,
    ...(departmentId !== null && { departmentId }),
    ...(priority !== null && { priority }),
    tagIds: tags.map(({ id }) => id),
    fields: patchFields(desk.fields, {}, input.fields, "staff"),
  };
  return {
    values: { name, description, isForCustomers, isActive, position, defaults: JSON.stringify(defaults) },
    tags,
  };
}
