import { mentionedIn, ticketOrders, ticketRelations } from "@helpdesk/domain";
import { z } from "zod";
import { attachmentIdsSchema } from "../attachments/input.ts";
import { fieldFilterSchema, fieldPatchSchema } from "../fields/input.ts";
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
import { conditionFields } from "./conditions.ts";

const ticketId = { ticketId: idSchema };
const versioned = { ...ticketId, version: versionSchema };
/** Markdown. */
export const body = requiredText(65_536).refine(
  (text) => mentionedIn(text).length <= 20,
  "mentions more than 20 people",
);
const statusKey = safeText(63).min(1);

const openFields = z.strictObject({
  /** The caller may make the id, so that a retry cannot open a second ticket. */
  id: idSchema.optional(),
  /** What is left out is the template's; without a template, title and description are asked for. */
  templateId: idSchema.optional(),
  title: lineText(300).optional(),
  description: safeText(65_536).trim().optional(),
  /** Medium where neither caller nor template says. */
  priority: prioritySchema.optional(),
  /** Null is none, whatever the template says. */
  departmentId: idSchema.nullish(),
  fields: fieldPatchSchema.default({}),
  /** On whose behalf an agent opens it; the caller where it is left out. */
  customerId: idSchema.optional(),
  source: sourceSchema.default("web"),
  /** Uploads that were sent for a ticket still to be opened. */
  attachmentIds: attachmentIdsSchema,
});

type OpenFields = z.input<typeof openFields>;
type OpenInput = OpenFields & ({ templateId: string } | { title: string; description: string });

/** To callers, title and description are only left out of what names a template. */
export const openInput: z.ZodType<z.output<typeof openFields>, OpenInput> = openFields
  .refine(({ templateId, title }) => templateId !== undefined || title !== undefined, {
    path: ["title"],
    message: "is needed without a template",
  })
  .refine(({ templateId, description }) => templateId !== undefined || description !== undefined, {
    path: ["description"],
    message: "is needed without a template",
  }) as never;

export const listInput = z
  .strictObject({
    ...conditionFields,
    /** Those whose custom fields have these values: an option by key, of a multi_select one that is among them. */
    fields: fieldFilterSchema.optional(),
    /** `resolution_due_at` lists only tickets whose clock is running. */
    orderBy: z.enum(ticketOrders).default("created_at"),
    direction: z.enum(["asc", "desc"]).default("desc"),
    ...pageInput,
  })
  .prefault({});

export const getInput = z.strictObject(ticketId);
export const timelineInput = z.strictObject({ ...ticketId, cursor: idSchema.nullish() });
export const onChangeInput = z.strictObject({ ...ticketId, lastEventId: idSchema.nullish() });
export const commentInput = z.strictObject({
  ...ticketId,
  id: idSchema.optional(),
  body,
  attachmentIds: attachmentIdsSchema,
});
export const takeInput = z.strictObject(ticketId);
export const releaseInput = z.strictObject(versioned);
export const assignInput = z.strictObject({ ...versioned, assigneeId: idSchema.nullable() });
export const setStatusInput = z.strictObject({ ...versioned, status: statusKey });
export const updateInput = z.strictObject({
  ...versioned,
  title: requiredText(300).optional(),
  description: safeText(65_536).trim().optional(),
});
export const setTagsInput = z.strictObject({ ...versioned, tags: z.array(tagName).max(20) });
export const setFieldsInput = z.strictObject({ ...versioned, fields: fieldPatchSchema });
export const followInput = z.strictObject(ticketId);
const people = z.array(idSchema).max(50).default([]);
/** Never a whole list: what others add meanwhile stays. Who is in both stays, too. */
export const setPeopleInput = z.strictObject({ ...ticketId, add: people, remove: people });
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
