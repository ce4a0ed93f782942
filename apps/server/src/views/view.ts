import type { TagRow, ViewRow } from "@helpdesk/db";
import {
  type BuiltInViewKey,
  type UserActor,
  type ViewConditions,
  type ViewOrder,
  builtInViewKeys,
  builtInViews,
  canChangeView,
  ticketOrders,
  viewKind,
  viewKinds,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";
import { type Conditions, conditionFields } from "../tickets/conditions.ts";

/** Of a stored view, or the key of a built-in one. */
export const viewIdSchema = z.union([idSchema, z.enum(builtInViewKeys)]);

const tagNames = z.array(z.string()).optional();

export const viewSchema = z.object({
  id: viewIdSchema,
  name: z.string(),
  kind: z.enum(viewKinds),
  /** Whose view it is, where its kind is `department`. */
  departmentId: idSchema.nullable(),
  conditions: z.object({ ...conditionFields, tags: tagNames, allTags: tagNames, noTags: tagNames }),
  orderBy: z.enum(ticketOrders),
  direction: z.enum(["asc", "desc"]),
  /** Whether the reader may change it. */
  mayChange: z.boolean(),
  /** Null for built-in views, like the next one. */
  version: z.int().nullable(),
  updatedAt: instantSchema.nullable(),
});
export type View = z.output<typeof viewSchema>;

/** `count`: the tickets that `views.tickets` shows this reader on all pages. */
export const countedViewSchema = viewSchema.extend({ count: z.int() });
export type CountedView = z.output<typeof countedViewSchema>;

const { tags: _, allTags: __, noTags: ___, ...plainFields } = conditionFields;
const tagIds = z.array(idSchema).optional();
/** Conditions as they are stored: tags by id. */
export const storedSchema = z.strictObject({ ...plainFields, tagIds, allTagIds: tagIds, noTagIds: tagIds });
const sortSchema = z.templateLiteral([z.enum(ticketOrders), " ", z.enum(["asc", "desc"])]);

/** What a view asks for, and in which order. */
export interface Asked extends ViewOrder {
  conditions: ViewConditions;
}

/** @throws Error where what is stored are no conditions: a defect. */
export function askedBy(row: ViewRow): Asked {
  const [orderBy, direction] = sortSchema.parse(row.sort).split(" ") as [
    Asked["orderBy"],
    Asked["direction"],
  ];
  return { conditions: storedSchema.parse(row.conditions), orderBy, direction };
}

export const askedByBuiltIn = (key: BuiltInViewKey): Asked => builtInViews[key];

export const isBuiltIn = (viewId: string): viewId is BuiltInViewKey => Object.hasOwn(builtInViews, viewId);

/** @param tags all there are; one that is there no more is left out. */
export function toView(row: ViewRow, actor: UserActor, tags: readonly Pick<TagRow, "id" | "name">[]): View {
  const { conditions, orderBy, direction } = askedBy(row);
  const { id, name, departmentId, version, updatedAt } = row;
  return {
    id,
    name,
    kind: viewKind(row),
    departmentId,
    conditions: byTagNames(conditions, new Map(tags.map((tag) => [tag.id, tag.name]))),
    orderBy,
    direction,
    mayChange: canChangeView(actor, row),
    version,
    updatedAt,
  };
}

/** Stored conditions as callers know them; a tag that is there no more is left out. */
export function byTagNames(
  { tagIds, allTagIds, noTagIds, ...rest }: ViewConditions,
  tags: ReadonlyMap<string, string>,
): Conditions {
  const named = (ids: string[] | undefined) => ids?.flatMap((id) => tags.get(id) ?? []);
  const names = { tags: named(tagIds), allTags: named(allTagIds), noTags: named(noTagIds) };
  return { ...rest, ...names } as Conditions;
}

export const builtIns = (): View[] =>
  builtInViewKeys.map((key) => {
    const { name, conditions, orderBy, direction } = builtInViews[key];
    const asked = structuredClone(conditions) as Conditions;
    const stored = { departmentId: null, mayChange: false, version: null, updatedAt: null };
    return { id: key, name, kind: "built_in", conditions: asked, orderBy, direction, ...stored };
  });
