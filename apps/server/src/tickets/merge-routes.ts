import { allow } from "../trpc.ts";
import * as input from "./merge-input.ts";
import { merge } from "./merge.ts";
import { split } from "./split.ts";
import { unmerge } from "./unmerge.ts";
import { ticketHeaderSchema } from "./view.ts";

/** Two tickets made one, and one made two. */
export const mergeRoutes = {
  merge: allow("ticket.merge", "ticket.not_found", "ticket.closed", "ticket.merged", "version.conflict")
    .input(input.mergeInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => merge(ctx, input)),

  unmerge: allow("ticket.merge", "ticket.not_found", "ticket.not_merged", "version.conflict")
    .input(input.unmergeInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => unmerge(ctx, input)),

  split: allow(
    "ticket.merge",
    "ticket.not_found",
    "comment.not_found",
    "customer.not_found",
    "department.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
  )
    .input(input.splitInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => split(ctx, input)),
};
