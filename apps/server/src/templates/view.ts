import type { TemplateRow } from "@helpdesk/db";
import {
  type Desk,
  type FieldValues,
  type Labelled,
  type TemplateDefaults,
  type UserActor,
  type UsableTemplate,
  may,
  usableTemplate,
} from "@helpdesk/domain";
import { z } from "zod";
import { fieldPatchSchema } from "../fields/input.ts";
import { idSchema, instantSchema, prioritySchema } from "../schemas.ts";

/** What is stored of a template. */
const defaultsSchema = z.strictObject({
  title: z.string(),
  description: z.string(),
  departmentId: idSchema.optional(),
  priority: prioritySchema.optional(),
  tagIds: z.array(idSchema).optional(),
  fields: fieldPatchSchema.optional(),
});

/** @throws Error where what is stored is no template: a defect. */
export const defaultsOf = (row: TemplateRow): TemplateDefaults => defaultsSchema.parse(row.defaults);

export const templateSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  isForCustomers: z.boolean(),
  isActive: z.boolean(),
  position: z.int(),
  title: z.string(),
  body: z.string(),
  departmentId: idSchema.nullable(),
  priority: prioritySchema.nullable(),
  /** Customers see neither the tags nor the fields that are not theirs; a ticket is given them all the same. */
  tags: z.array(z.string()),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  /** What it names that is gone by now: tickets are opened without it. */
  gone: z.object({ departmentId: z.boolean(), fields: z.array(z.string()) }),
  version: z.int(),
  updatedAt: instantSchema,
});
export type Template = z.output<typeof templateSchema>;

/** A template as of now, as far as the reader sees it. */
export function toTemplate(
  row: TemplateRow,
  { desk, actor }: { desk: Desk; actor: UserActor },
  tags: readonly Labelled[],
): Template {
  const usable = usableTemplate(desk, defaultsOf(row), tags);
  const { defaults: _, ...rest } = row;
  const { title, description: body, departmentId, priority, gone } = usable;
  return {
    ...rest,
    title,
    body,
    departmentId,
    priority,
    ...(may(actor, "ticket.note")
      ? { tags: usable.tags.map(({ label }) => label), fields: copied(usable.fields), gone }
      : {
          tags: [],
          fields: copied(ofCustomers(desk, usable)),
          gone: { departmentId: false, fields: [] },
        }),
  };
}

const ofCustomers = ({ fields }: Desk, usable: UsableTemplate): FieldValues =>
  Object.fromEntries(
    Object.entries(usable.fields).filter(
      ([key]) => fields.find((field) => field.key === key)?.customerAccess !== "none",
    ),
  );

const copied = (values: FieldValues): Template["fields"] =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "object" ? [...value] : value]),
  );
