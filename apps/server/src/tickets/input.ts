import { ticketRelations } from "@helpdesk/domain";
import { z } from "zod";
import {
  idSchema,
  tagName,
  pageInput,
  prioritySchema,
  lineText,
  requiredText,
  safeText,
  sourceSchema,
  versionSchema,
} from "../schemas.ts";

const ticketId = { ticketId: idSchema };
const versioned = { ...ticketId, version: versionSchema };
const body = requiredText(65_536);
const statusKey = safeText(63).min(1);

export const openInput = z.strictObject({
  /** The caller may make the id, so that a retry cannot open a second ticket. */
  id: idSchema.optional(),
  title: lineText(300),
  description: safeText(65_536).trim(),
  priority: prioritySchema.default("medium"),
  departmentId: idSchema.nullish(),
  /** On whose behalf an agent opens it; the caller where it is left out. */
  customerId: idSchema.optional(),
  source: sourceSchema.default("web"),
});

export const listInput = z
  .strictObject({
    isOpen: z.boolean().optional(),
    statuses: z.array(statusKey).min(1).max(50).optional(),
    priorities: z.array(prioritySchema).min(1).max(4).optional(),
    /** Null asks for those that have none. */
    assigneeId: idSchema.nullish(),
    departmentId: idSchema.nullish(),
    customerId: idSchema.optional(),
    /** Those with any of these tags. */
    tags: z.array(tagName).min(1).max(20).optional(),
    /** `resolution_due_at` lists only tickets whose clock is running. */
    orderBy: z.enum(["created_at", "updated_at", "resolution_due_at"]).default("created_at"),
    direction: z.enum(["asc", "desc"]).default("desc"),
    ...pageInput,
  })
  .prefault({});

export const getInput = z.strictObject(ticketId);
export const timelineInput = z.strictObject({ ...ticketId, cursor: idSchema.nullish() });
export const commentInput = z.strictObject({ ...ticketId, id: idSchema.optional(), body });
export const takeInput = z.strictObject(ticketId);
export const assignInput = z.strictObject({ ...versioned, assigneeId: idSchema.nullable() });
export const setStatusInput = z.strictObject({ ...versioned, status: statusKey });
export const updateInput = z.strictObject({
  ...versioned,
  title: requiredText(300).optional(),
  description: safeText(65_536).trim().optional(),
});
export const setTagsInput = z.strictObject({ ...versioned, tags: z.array(tagName).max(20) });
export const followInput = z.strictObject(ticketId);
export const setFollowersInput = z.strictObject({ ...ticketId, userIds: z.array(idSchema).max(50) });
export const linkInput = z
  .strictObject({ ...ticketId, otherTicketId: idSchema, relation: z.enum(ticketRelations) })
  .refine(({ ticketId, otherTicketId }) => ticketId !== otherTicketId, "links a ticket to itself");
export const applyMacroInput = z.strictObject({
  ...versioned,
  macroId: idSchema,
  /** The id of the comment it writes, where it writes one. */
  commentId: idSchema.optional(),
});
export const reopenInput = z.strictObject({ ...versioned, reason: requiredText(1_000) });
export const setPriorityInput = z.strictObject({ ...versioned, priority: prioritySchema });
export const setDepartmentInput = z.strictObject({ ...versioned, departmentId: idSchema.nullable() });
