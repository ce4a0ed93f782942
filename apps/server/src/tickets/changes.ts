import { type LockedTicket, type Unit, findCandidates } from "@helpdesk/db";
import { type Bundle, type Candidate, type Permission, demand, departmentOf, refuse } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { fieldPatchSchema } from "../fields/input.ts";
import { idSchema, prioritySchema, safeText, tagName } from "../schemas.ts";
import { toCandidate } from "./candidate.ts";
import { heldTags, idsOf } from "./set-tags.ts";

const tags = z.array(tagName).max(20).optional();

/** What can be changed of many tickets at once, and by macros; what is left out stays. */
export const changeFields = {
  status: safeText(63).min(1).optional(),
  priority: prioritySchema.optional(),
  departmentId: idSchema.nullable().optional(),
  assigneeId: idSchema.nullable().optional(),
  addTags: tags,
  removeTags: tags,
  fields: fieldPatchSchema.optional(),
};

const changesSchema = z.strictObject(changeFields);
export type Changes = z.output<typeof changesSchema>;

const permissionOf: Record<keyof Changes, Permission> = {
  status: "ticket.set_status",
  priority: "ticket.set_priority",
  departmentId: "ticket.route",
  assigneeId: "ticket.assign",
  addTags: "ticket.edit",
  removeTags: "ticket.edit",
  fields: "ticket.edit",
};

/** What changes come to on the tickets they are for: names and ids become what the rules look at. */
export interface PreparedChanges {
  bundle: Bundle;
  /** Who has a ticket now. */
  holderOf(ticket: LockedTicket): Candidate | null;
}

/**
 * Looks up once for all tickets what changes name; tags and statuses stay until the unit ends.
 * @throws RefusalError `permission.denied`, `status.unknown`, `department.not_found`, `tag.unknown`, `assignee.not_eligible`.
 */
export async function prepareChanges(
  { actor, desk }: Context,
  unit: Unit,
  { status, priority, departmentId, assigneeId, addTags = [], removeTags = [], fields }: Changes,
  tickets: readonly LockedTicket[],
): Promise<PreparedChanges> {
  const given = {
    status,
    priority,
    departmentId,
    assigneeId,
    addTags: addTags[0],
    removeTags: removeTags[0],
    fields,
  };
  for (const [field, value] of Object.entries(given)) {
    if (value !== undefined) demand(actor, permissionOf[field as keyof Changes]);
  }
  if (status !== undefined) desk.statuses.byKey(status);
  if (departmentId != null) departmentOf(desk, departmentId);

  const holderIds = tickets.map((ticket) => ticket.assigneeId);
  const wantedIds = new Set([...holderIds, assigneeId].filter((id) => id != null));
  const rows = await findCandidates(unit, { userIds: `{${[...wantedIds].join(",")}}` });
  const people = new Map(rows.map((row) => [row.id, toCandidate(row)]));
  const assignee =
    assigneeId == null ? assigneeId : (people.get(assigneeId) ?? refuse({ code: "assignee.not_eligible" }));

  return {
    bundle: {
      status,
      priority,
      departmentId,
      assignee,
      fields,
      tags: await tagsOf(unit, addTags, removeTags, tickets),
    },
    holderOf: ({ assigneeId: id }) => (id === null ? null : people.get(id)!),
  };
}

async function tagsOf(
  unit: Unit,
  addTags: readonly string[],
  removeTags: readonly string[],
  tickets: readonly LockedTicket[],
): Promise<Bundle["tags"]> {
  if (addTags.length + removeTags.length === 0) return undefined;
  const ids = new Set(tickets.flatMap(({ tagIds }) => tagIds));
  const known = await heldTags(unit, [...ids], [...addTags, ...removeTags]);
  return { addIds: idsOf(known, addTags), removeIds: idsOf(known, removeTags), known };
}
