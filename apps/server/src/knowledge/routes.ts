import { z } from "zod";
import { pageOf } from "../schemas.ts";
import { allow, allowCostly } from "../trpc.ts";
import { archive } from "./archive.ts";
import { compare } from "./compare.ts";
import { create } from "./create.ts";
import { differenceSchema } from "./difference.ts";
import { discardDraft } from "./discard-draft.ts";
import { feedbackList, feedbackPage } from "./feedback-list.ts";
import { get } from "./get.ts";
import { getBySlug } from "./get-by-slug.ts";
import { giveFeedback } from "./give-feedback.ts";
import * as input from "./input.ts";
import { list } from "./list.ts";
import { move } from "./move.ts";
import { publish } from "./publish.ts";
import { readingOf } from "./reading.ts";
import { recordView } from "./record-view.ts";
import { restoreFromArchive } from "./restore-from-archive.ts";
import { restore } from "./restore.ts";
import { saveDraft } from "./save-draft.ts";
import { foundSchema, search } from "./search.ts";
import { setVisibility } from "./set-visibility.ts";
import { suggest, suggestionsSchema } from "./suggest.ts";
import { unpublish } from "./unpublish.ts";
import { versions, versionsSchema } from "./versions.ts";
import { articleSchema, articleSummarySchema } from "./view.ts";

const changed = ["article.not_found", "version.conflict"] as const;
const stated = [...changed, "article.wrong_state"] as const;

export const articleRoutes = {
  list: allow("signed_in", "cursor.invalid")
    .input(input.listInput)
    .output(pageOf(articleSummarySchema))
    .query(({ ctx, input }) => list(readingOf(ctx), input)),

  get: allow("signed_in", "article.not_found")
    .input(input.articleInput)
    .output(articleSchema)
    .query(({ ctx, input }) => get(readingOf(ctx), input)),

  getBySlug: allow("signed_in", "article.not_found")
    .input(input.slugInput)
    .output(articleSchema)
    .query(({ ctx, input }) => getBySlug(readingOf(ctx), input)),

  search: allowCostly("signed_in", "cursor.invalid")
    .input(input.searchInput)
    .output(foundSchema)
    .query(({ ctx, input }) => search(readingOf(ctx), input)),

  suggest: allowCostly("signed_in", "ticket.not_found")
    .input(input.suggestInput)
    .output(suggestionsSchema)
    .query(({ ctx, input }) => suggest(ctx, input)),

  feedback: allow("signed_in", "article.not_found")
    .input(input.feedbackInput)
    .output(z.null())
    .mutation(({ ctx, input }) => giveFeedback(ctx, input)),

  recordView: allow("signed_in", "article.not_found")
    .input(input.articleInput)
    .output(z.null())
    .mutation(({ ctx, input }) => recordView(ctx, input)),

  create: allow("kb.write", "category.not_found", "department.not_found", "article.slug_taken")
    .input(input.createInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  saveDraft: allow("kb.write", ...stated)
    .input(input.saveDraftInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),

  discardDraft: allow("kb.write", ...stated, "article.no_draft")
    .input(input.versionedInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => discardDraft(ctx, input)),

  move: allow("kb.write", ...changed, "category.not_found", "article.slug_taken")
    .input(input.moveInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => move(ctx, input)),

  versions: allow("kb.write", "article.not_found")
    .input(input.versionsInput)
    .output(versionsSchema)
    .query(({ ctx, input }) => versions(readingOf(ctx), input)),

  compare: allowCostly("kb.write", "article.not_found", "article.version_not_found", "article.no_draft")
    .input(input.compareInput)
    .output(differenceSchema)
    .query(({ ctx, input }) => compare(readingOf(ctx), input)),

  restore: allow("kb.write", ...stated, "article.version_not_found")
    .input(input.restoreInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => restore(ctx, input)),

  feedbackList: allow("kb.write", "article.not_found", "cursor.invalid")
    .input(input.feedbackListInput)
    .output(feedbackPage)
    .query(({ ctx, input }) => feedbackList(readingOf(ctx), input)),

  publish: allow("kb.publish", ...stated, "article.no_draft")
    .input(input.publishInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => publish(ctx, input)),

  unpublish: allow("kb.publish", ...stated)
    .input(input.versionedInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => unpublish(ctx, input)),

  archive: allow("kb.publish", ...stated)
    .input(input.versionedInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => archive(ctx, input)),

  restoreFromArchive: allow("kb.publish", ...stated)
    .input(input.versionedInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => restoreFromArchive(ctx, input)),

  setVisibility: allow("kb.publish", ...changed, "department.not_found")
    .input(input.setVisibilityInput)
    .output(articleSchema)
    .mutation(({ ctx, input }) => setVisibility(ctx, input)),
};
