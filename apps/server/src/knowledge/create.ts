import {
  type Unit,
  arrayLiteral,
  claimSlug,
  holdCategory,
  insertArticle,
  listTakenSlugs,
  nameArticle,
  writeArticleDepartments,
} from "@helpdesk/db";
import { departmentOf, expectStillSeen, freeSlug, refuse, slugOf } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { articleAsOf } from "./change.ts";
import type { CreateInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Begins an article: a draft that nobody reads yet. @throws RefusalError as `kbArticles.create` declares. */
export const create = (ctx: Context, input: CreateInput): Promise<Article> =>
  ctx.transact(async (unit) => {
    const { categoryId, visibility, departmentIds, title, summary, body } = input;
    for (const departmentId of departmentIds) departmentOf(ctx.desk, departmentId);
    expectStillSeen(ctx.actor, visibility, departmentIds);
    if (!(await holdCategory.first(unit, { categoryId }))) refuse({ code: "category.not_found" });
    const articleId = ctx.newId();
    const by = { userId: ctx.actor.userId, at: ctx.now };
    await insertArticle(unit, { id: articleId, categoryId, visibility, title, summary, body, ...by });
    const slug =
      input.slug === undefined
        ? await nextSlug(unit, articleId, title)
        : await given(unit, articleId, input.slug);
    await nameArticle(unit, { articleId, slug });
    await writeArticleDepartments(unit, { articleId, departmentIds: arrayLiteral(departmentIds) });
    return articleAsOf(ctx, unit, articleId);
  });

async function given(unit: Unit, articleId: string, slug: string): Promise<string> {
  return (await claimSlug.first(unit, { articleId, slug })) ? slug : refuse({ code: "article.slug_taken" });
}

/** An address of the title. Somebody else may take the one that was free a moment ago: then it is the next. */
async function nextSlug(unit: Unit, articleId: string, title: string): Promise<string> {
  const slug = slugOf(title);
  for (;;) {
    const taken = await listTakenSlugs(unit, { slug });
    const free = freeSlug(slug, new Set(taken.map((each) => each.slug)));
    if (await claimSlug.first(unit, { articleId, slug: free })) return free;
  }
}
