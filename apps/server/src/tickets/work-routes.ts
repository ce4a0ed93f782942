import { allow } from "../trpc.ts";
import { applyMacro } from "./apply-macro.ts";
import { bulk, bulkInput, bulkSchema } from "./bulk.ts";
import { follow } from "./follow.ts";
import * as input from "./input.ts";
import { link } from "./link.ts";
import { setFields } from "./set-fields.ts";
import { setFollowers } from "./set-followers.ts";
import { setTags } from "./set-tags.ts";
import { unfollow } from "./unfollow.ts";
import { unlink } from "./unlink.ts";
import { update } from "./update.ts";
import { ticketHeaderSchema } from "./view.ts";

/** Everyday work on tickets, beside the core path. */
export const workRoutes = {
  update: allow("ticket.edit", "ticket.not_found", "ticket.closed", "ticket.merged", "version.conflict")
    .input(input.updateInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  setTags: allow(
    "ticket.edit",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "tag.unknown",
  )
    .input(input.setTagsInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setTags(ctx, input)),

  setFields: allow(
    ["ticket.edit", "ticket.open"],
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "field.invalid",
  )
    .input(input.setFieldsInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setFields(ctx, input)),

  bulk: allow("ticket.edit", "status.unknown", "department.not_found", "tag.unknown", "assignee.not_eligible")
    .input(bulkInput)
    .output(bulkSchema)
    .mutation(({ ctx, input }) => bulk(ctx, input)),

  applyMacro: allow(
    "ticket.edit",
    "ticket.not_found",
    "macro.not_found",
    "version.conflict",
    "ticket.closed",
    "ticket.merged",
    "ticket.already_assigned",
    "transition.not_allowed",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
    "field.invalid",
    "field.required",
    "assignee.not_eligible",
    "mention.not_eligible",
    "id.taken",
  )
    .input(input.applyMacroInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => applyMacro(ctx, input)),

  follow: allow("ticket.follow", "ticket.not_found", "ticket.merged", "follower.not_eligible")
    .input(input.followInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => follow(ctx, input)),

  unfollow: allow("ticket.follow", "ticket.not_found", "ticket.merged")
    .input(input.followInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => unfollow(ctx, input)),

  setFollowers: allow("ticket.edit", "ticket.not_found", "ticket.merged", "follower.not_eligible")
    .input(input.setPeopleInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setFollowers(ctx, input)),

  link: allow("ticket.edit", "ticket.not_found", "ticket.merged", "link.contradictory")
    .input(input.linkInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => link(ctx, input)),

  unlink: allow("ticket.edit", "ticket.not_found", "ticket.merged")
    .input(input.linkInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => unlink(ctx, input)),
};
