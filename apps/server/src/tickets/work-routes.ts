import { allow } from "../trpc.ts";
import { applyMacro } from "./apply-macro.ts";
import { bulk, bulkInput, bulkSchema } from "./bulk.ts";
import { follow } from "./follow.ts";
import * as input from "./input.ts";
import { link } from "./link.ts";
import { setFollowers } from "./set-followers.ts";
import { setTags } from "./set-tags.ts";
import { unfollow } from "./unfollow.ts";
import { unlink } from "./unlink.ts";
import { update } from "./update.ts";
import { ticketHeaderSchema } from "./view.ts";

/** Everyday work on tickets, beside the core path. */
export const workRoutes = {
  update: allow("ticket.edit", "ticket.not_found", "ticket.closed", "version.conflict")
    .input(input.updateInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  setTags: allow("ticket.edit", "ticket.not_found", "ticket.closed", "version.conflict", "tag.unknown")
    .input(input.setTagsInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setTags(ctx, input)),

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
    "ticket.already_assigned",
    "transition.not_allowed",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
    "assignee.not_eligible",
    "id.taken",
  )
    .input(input.applyMacroInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => applyMacro(ctx, input)),

  follow: allow("ticket.follow", "ticket.not_found", "follower.not_eligible")
    .input(input.followInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => follow(ctx, input)),

  unfollow: allow("ticket.follow", "ticket.not_found")
    .input(input.followInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => unfollow(ctx, input)),

  setFollowers: allow("ticket.edit", "ticket.not_found", "follower.not_eligible")
    .input(input.setFollowersInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setFollowers(ctx, input)),

  link: allow("ticket.edit", "ticket.not_found", "link.contradictory")
    .input(input.linkInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => link(ctx, input)),

  unlink: allow("ticket.edit", "ticket.not_found")
    .input(input.linkInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => unlink(ctx, input)),
};
