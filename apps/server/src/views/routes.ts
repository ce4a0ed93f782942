import { priorities, sources, ticketOrders } from "@helpdesk/domain";
import { z } from "zod";
import { messagesOf } from "../realtime/messages.ts";
import { idSchema, pageInput, pageOf, requiredText, safeText, versionSchema } from "../schemas.ts";
import { conditionFields } from "../tickets/conditions.ts";
import { ticketSummarySchema } from "../tickets/view.ts";
import { allow, allowCostly } from "../trpc.ts";
import { counts } from "./counts.ts";
import { create } from "./create.ts";
import { deleteView } from "./delete.ts";
import { list } from "./list.ts";
import { onViewChange, viewChangeSchema } from "./on-change.ts";
import { check, rebuild } from "./rebuild.ts";
import { reorder } from "./reorder.ts";
import { tickets } from "./tickets.ts";
import { update } from "./update.ts";
import { countedViewSchema, viewIdSchema, viewSchema } from "./view.ts";

const noInput = z.strictObject({}).optional();
const fields = {
  name: requiredText(200),
  conditions: z.strictObject(conditionFields),
  orderBy: z.enum(ticketOrders),
  direction: z.enum(["asc", "desc"]),
  isShared: z.boolean(),
  /** Whose shared view it is; everybody's where it is null. */
  departmentId: idSchema.nullable(),
};
const versioned = { viewId: idSchema, version: versionSchema };

const createInput = z.strictObject({
  ...fields,
  orderBy: fields.orderBy.default("created_at"),
  direction: fields.direction.default("desc"),
  isShared: fields.isShared.default(false),
  departmentId: fields.departmentId.default(null),
});
const updateInput = z.strictObject({ ...z.strictObject(fields).partial().shape, ...versioned });

const driftSchema = z.array(
  z.object({
    statusId: idSchema,
    priority: z.enum(priorities),
    source: z.enum(sources),
    departmentId: idSchema.nullable(),
    assigneeId: idSchema.nullable(),
    hasDue: z.boolean(),
    /** Null where tickets are counted whatever their tags. */
    tagIds: z.array(idSchema).readonly().nullable(),
    /** How many tickets there are beyond what was counted. */
    amount: z.int(),
  }),
);

export const viewRoutes = {
  list: allow("ticket.note")
    .input(noInput)
    .output(z.array(countedViewSchema))
    .query(({ ctx }) => list(ctx)),

  counts: allow("ticket.note")
    .input(z.strictObject({ viewIds: z.array(viewIdSchema).max(200).optional() }).optional())
    .output(z.array(z.object({ viewId: viewIdSchema, count: z.int() })))
    .query(({ ctx, input }) => counts(ctx, input ?? {})),

  tickets: allow("ticket.note", "view.not_found", "cursor.invalid")
    .input(z.strictObject({ viewId: viewIdSchema, ...pageInput }))
    .output(pageOf(ticketSummarySchema))
    .query(({ ctx, input }) => tickets(ctx, input)),

  onChange: allow("ticket.note", "view.not_found", "cursor.invalid", "stream.limit_reached")
    .input(z.strictObject({ viewId: viewIdSchema, lastEventId: safeText(2_000).nullish() }))
    .output(messagesOf(viewChangeSchema))
    .subscription(({ ctx, input, signal }) => onViewChange(ctx, input, signal)),

  create: allow(
    "ticket.note",
    "view.name_taken",
    "view.limit_reached",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
  )
    .input(createInput)
    .output(viewSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow(
    "ticket.note",
    "view.not_found",
    "version.conflict",
    "view.name_taken",
    "view.limit_reached",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
  )
    .input(updateInput)
    .output(viewSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  delete: allow("ticket.note", "view.not_found", "version.conflict")
    .input(z.strictObject(versioned))
    .output(z.null())
    .mutation(({ ctx, input }) => deleteView(ctx, input)),

  reorder: allow("ticket.note", "view.not_found")
    .input(z.strictObject({ viewIds: z.array(idSchema).min(1).max(150) }))
    .output(z.null())
    .mutation(({ ctx, input }) => reorder(ctx, input)),

  check: allowCostly("organization.manage")
    .input(noInput)
    .output(driftSchema)
    .query(({ ctx }) => check(ctx)),

  rebuild: allowCostly("organization.manage")
    .input(noInput)
    .output(driftSchema)
    .mutation(({ ctx }) => rebuild(ctx)),
};
