import { z } from "zod";
import { idSchema, pageOf } from "../schemas.ts";
import { allowPublic } from "../trpc.ts";
import { get } from "./get.ts";
import { getBySlug } from "./get-by-slug.ts";
import { giveStrangersFeedback } from "./give-strangers-feedback.ts";
import * as input from "./input.ts";
import { list } from "./list.ts";
import { strangersReading } from "./reading.ts";
import { recordStrangersView } from "./record-view.ts";
import { foundSchema, search } from "./search.ts";
import { suggestFor, suggestionsSchema } from "./suggest.ts";
import { tree } from "./tree.ts";
import { articleSchema, articleSummarySchema, shelfSchema } from "./view.ts";

const organization = input.organizationSlug;
const articleInput = z.strictObject({ organization, articleId: idSchema });

/** The knowledge base for those who have not signed in: what is published and public. */
export const helpCenterRoutes = {
  tree: allowPublic()
    .input(z.strictObject({ organization }))
    .output(z.array(shelfSchema))
    .query(async ({ ctx, input }) => tree(await strangersReading(ctx, input.organization))),

  list: allowPublic("cursor.invalid")
    .input(input.publicListInput)
    .output(pageOf(articleSummarySchema))
    .query(async ({ ctx, input }) =>
      list(await strangersReading(ctx, input.organization), { ...input, state: "published" }),
    ),

  get: allowPublic("article.not_found")
    .input(articleInput)
    .output(articleSchema)
    .query(async ({ ctx, input }) => get(await strangersReading(ctx, input.organization), input)),

  getBySlug: allowPublic("article.not_found")
    .input(z.strictObject({ organization, slug: input.slugSchema }))
    .output(articleSchema)
    .query(async ({ ctx, input }) => getBySlug(await strangersReading(ctx, input.organization), input)),

  search: allowPublic("cursor.invalid")
    .input(input.publicSearchInput)
    .output(foundSchema)
    .query(async ({ ctx, input }) => search(await strangersReading(ctx, input.organization), input)),

  suggest: allowPublic()
    .input(input.publicSuggestInput)
    .output(suggestionsSchema)
    .query(async ({ ctx, input }) => suggestFor(await strangersReading(ctx, input.organization), input.text)),

  feedback: allowPublic("article.not_found", "auth.throttled")
    .input(input.publicFeedbackInput)
    .output(z.null())
    .mutation(({ ctx, input }) => giveStrangersFeedback(ctx, input)),

  recordView: allowPublic("article.not_found")
    .input(articleInput)
    .output(z.null())
    .mutation(({ ctx, input }) => recordStrangersView(ctx, input)),
};
