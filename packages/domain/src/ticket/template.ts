import { RefusalError } from "../refusal.ts";
import type { Priority } from "../values.ts";
import type { Desk } from "./desk.ts";
import { type FieldPatch, type FieldValues, patchFields } from "./fields.ts";
import type { Labelled } from "./ticket.ts";

/** What a ticket that is opened with a template has where its opener says nothing. */
export interface TemplateDefaults {
  title: string;
  description: string;
  departmentId?: string;
  priority?: Priority;
  tagIds?: readonly string[];
  fields?: FieldPatch;
}

/** A template as of now. */
export interface UsableTemplate {
  title: string;
  description: string;
  departmentId: string | null;
  priority: Priority | null;
  tags: readonly Labelled[];
  fields: FieldValues;
  /** What it names that is not there, or not so, any more, and that it goes without. */
  gone: { departmentId: boolean; fields: string[] };
}

/** @param known the tags it names, at least: none of them is deleted while it does. */
export function usableTemplate(
  desk: Desk,
  { title, description, departmentId, priority, tagIds = [], fields = {} }: TemplateDefaults,
  known: readonly Labelled[],
): UsableTemplate {
  const isGone = departmentId !== undefined && !desk.departments.has(departmentId);
  const entries = Object.entries(fields);
  const fit = entries.filter(([key, value]) => isFit(desk, key, value));
  return {
    title,
    description,
    departmentId: isGone ? null : (departmentId ?? null),
    priority: priority ?? null,
    tags: known.filter(({ id }) => tagIds.includes(id)),
    fields: patchFields(desk.fields, {}, Object.fromEntries(fit), "staff"),
    gone: {
      departmentId: isGone,
      fields: entries.filter((entry) => !fit.includes(entry)).map(([key]) => key),
    },
  };
}

function isFit(desk: Desk, key: string, value: FieldPatch[string]): boolean {
  try {
    patchFields(desk.fields, {}, { [key]: value ?? null }, "staff");
    return true;
  } catch (error) {
    if (error instanceof RefusalError) return false;
    throw error;
  }
}

/** What the opener of a ticket said; null of a department is that there shall be none. */
export interface Given {
  title?: string;
  description?: string;
  departmentId?: string | null;
  priority?: Priority;
}

/** What the opener left out is the template's. */
export const filledIn = (given: Given, template: UsableTemplate | null) => ({
  title: given.title ?? template?.title ?? "",
  description: given.description ?? template?.description ?? "",
  departmentId: given.departmentId === undefined ? (template?.departmentId ?? null) : given.departmentId,
  priority: given.priority ?? template?.priority ?? ("medium" as const),
});
