import { z } from "zod";
import { idSchema, pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { acknowledge } from "./acknowledge.ts";
import { create } from "./create.ts";
import { get } from "./get.ts";
import * as input from "./input.ts";
import { list, mine } from "./list.ts";
import { revise } from "./revise.ts";
import { rubric } from "./rubric.ts";
import { reviewSchema, reviewSummarySchema, rubricSchema } from "./view.ts";

export const reviewRoutes = {
  rubric: allow(["review.write", "review.read_own"])
    .input(z.strictObject({}).optional())
    .output(rubricSchema)
    .query(() => rubric()),

  create: allow(
    "review.write",
    "ticket.not_found",
    "ticket.not_resolved",
    "review.own_work",
    "review.agent_not_eligible",
    "review.marks_invalid",
    "review.already_written",
  )
    .input(input.createInput)
    .output(reviewSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  revise: allow("review.write", "review.not_found", "version.conflict", "review.marks_invalid")
    .input(input.reviseInput)
    .output(reviewSchema)
    .mutation(({ ctx, input }) => revise(ctx, input)),

  list: allow("review.write", "cursor.invalid")
    .input(input.listInput)
    .output(pageOf(reviewSummarySchema))
    .query(({ ctx, input }) => list(ctx, input)),

  get: allow(["review.write", "review.read_own"], "review.not_found")
    .input(z.strictObject({ reviewId: idSchema }))
    .output(reviewSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  mine: allow("review.read_own", "cursor.invalid")
    .input(input.mineInput)
    .output(pageOf(reviewSummarySchema))
    .query(({ ctx, input }) => mine(ctx, input)),

  acknowledge: allow("review.read_own", "review.not_found", "version.conflict")
    .input(input.acknowledgeInput)
    .output(reviewSchema)
    .mutation(({ ctx, input }) => acknowledge(ctx, input)),
};
