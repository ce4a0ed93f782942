import { z } from "zod";
import { allow } from "../trpc.ts";
import { createCategory } from "./create-category.ts";
import { deleteCategory } from "./delete-category.ts";
import * as input from "./input.ts";
import { moveCategory } from "./move-category.ts";
import { readingOf } from "./reading.ts";
import { tree } from "./tree.ts";
import { updateCategory } from "./update-category.ts";
import { categorySchema, shelfSchema } from "./view.ts";

export const categoryRoutes = {
  tree: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(z.array(shelfSchema))
    .query(({ ctx }) => tree(readingOf(ctx))),

  create: allow("kb.publish", "category.not_found", "category.slug_taken", "category.limit_reached")
    .input(input.createCategoryInput)
    .output(categorySchema)
    .mutation(({ ctx, input }) => createCategory(ctx, input)),

  update: allow("kb.publish", "category.not_found", "version.conflict", "category.slug_taken")
    .input(input.updateCategoryInput)
    .output(categorySchema)
    .mutation(({ ctx, input }) => updateCategory(ctx, input)),

  move: allow("kb.publish", "category.not_found", "version.conflict", "category.cycle")
    .input(input.moveCategoryInput)
    .output(categorySchema)
    .mutation(({ ctx, input }) => moveCategory(ctx, input)),

  delete: allow("kb.publish", "category.not_found", "version.conflict", "category.in_use")
    .input(input.deleteCategoryInput)
    .output(z.null())
    .mutation(({ ctx, input }) => deleteCategory(ctx, input)),
};
