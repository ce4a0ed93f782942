import { type TicketConditions, findTagIds } from "@helpdesk/db";
import { type Desk, type UserActor, type ViewConditions, demand, statusCategories } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { idSchema, prioritySchema, safeText, sourceSchema, tagName } from "../schemas.ts";

const some = <T extends z.ZodType>(item: T, max: number) => z.array(item).min(1).max(max).optional();

/** What lists and views ask of tickets: all of it; within a list any is enough. Tags are for those who see notes. */
export const conditionFields = {
  isOpen: z.boolean().optional(),
  /** By key. */
  statuses: some(safeText(63).min(1), 50),
  categories: some(z.enum(statusCategories), statusCategories.length),
  priorities: some(prioritySchema, 4),
  sources: some(sourceSchema, 5),
  /** `mine` are those one belongs to or manages. */
  departments: some(z.union([idSchema, z.enum(["mine", "none"])]), 50),
  assignees: some(z.union([idSchema, z.enum(["me", "none"])]), 50),
  customerId: idSchema.optional(),
  /** Those with any of these tags, with all of these, with none of these: by name. */
  tags: some(tagName, 20),
  allTags: some(tagName, 20),
  noTags: some(tagName, 20),
};

const conditionsSchema = z.strictObject(conditionFields);
export type Conditions = z.output<typeof conditionsSchema>;

/** What is asked of tags, each by an id: one that no tag has stands for a name that no tag has. */
export async function byTagIds(
  { actor, read }: Pick<Context, "actor" | "read">,
  { tags, allTags, noTags, ...conditions }: Conditions,
): Promise<ViewConditions> {
  const named = [...(tags ?? []), ...(allTags ?? []), ...(noTags ?? [])];
  if (named.length === 0) return conditions;
  demand(actor, "ticket.note");
  const found = await findTagIds(read, { names: JSON.stringify(named) });
  const ids = new Map(found.map(({ name, id }) => [name, id]));
  const idsOf = (names: string[] | undefined) =>
    names && [...new Set(names)].map((name) => ids.get(name) ?? NO_TAG);
  return { ...conditions, tagIds: idsOf(tags), allTagIds: idsOf(allTags), noTagIds: idsOf(noTags) };
}

const NO_TAG = "00000000-0000-0000-0000-000000000000";

/** Conditions as they hold for one reader: statuses by id, `me` and `mine` as who and where the reader is. */
export function conditionsFor(actor: UserActor, desk: Desk, conditions: ViewConditions): TicketConditions {
  const { isOpen, priorities, sources, customerId, tagIds, allTagIds, noTagIds } = conditions;
  const { statuses, categories, departments, assignees } = conditions;
  const statusIds =
    statuses || categories
      ? desk.statuses.known
          .filter(({ key }) => statuses?.includes(key) ?? true)
          .filter(({ category }) => categories?.includes(category) ?? true)
          .map(({ id }) => id)
      : undefined;
  const places = departments?.flatMap((each) =>
    each === "mine" ? [...actor.departmentIds] : each === "none" ? [null] : [each],
  );
  const people = assignees?.map((each) => (each === "me" ? actor.userId : each === "none" ? null : each));
  return {
    isOpen,
    statusIds,
    priorities,
    sources,
    departmentIds: places && [...new Set(places)],
    assigneeIds: people && [...new Set(people)],
    customerId,
    tagIds,
    allTagIds,
    noTagIds,
  };
}
