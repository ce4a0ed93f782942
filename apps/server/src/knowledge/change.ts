import {
  type ArticleRow,
  type Unit,
  findArticle,
  findHeldArticle,
  holdArticle,
  updateArticle,
} from "@helpdesk/db";
import {
  type ArticleText,
  type ArticleTexts,
  articleSightOf,
  expectArticle,
  expectVersion,
  refuse,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { countedFor } from "./reading.ts";
import { type Article, toArticle } from "./view.ts";

export interface Versioned {
  articleId: string;
  version: number;
}

/** What changes of an article; the rest stays. */
export interface Change {
  categoryId?: string;
  slug?: string;
  visibility?: ArticleRow["visibility"];
  texts?: ArticleTexts;
  /** The number of the version that its text becomes. */
  number?: number;
}

/** Changes an article that the actor may see, as one transaction. @throws RefusalError `article.not_found`, `version.conflict`, and what `decide` throws. */
export const changeArticle = (
  ctx: Context,
  { articleId, version }: Versioned,
  decide: (article: ArticleRow, unit: Unit) => Change | Promise<Change>,
): Promise<Article> =>
  ctx.transact(async (unit) => {
    await holdArticle(unit, { articleId });
    const row = await findHeldArticle.first(unit, { articleId });
    const article = expectArticle(articleSightOf(ctx.actor), row);
    expectVersion(article, version);
    const { texts = textsOf(article), number = article.lastNumber, ...change } = await decide(article, unit);
    await updateArticle(unit, {
      ...article,
      ...change,
      ...columnsOf(article, texts, ctx),
      ...(number !== article.lastNumber && { publishedAt: ctx.now }),
      lastNumber: number,
      at: ctx.now,
    });
    return articleAsOf(ctx, unit, articleId);
  });

/** An article after a change, as its writer sees it. */
export async function articleAsOf({ actor, now }: Context, unit: Unit, articleId: string): Promise<Article> {
  const sight = articleSightOf(actor);
  const row = await findArticle.first(unit, { articleId, ...countedFor(sight, now) });
  return toArticle(row ?? refuse({ code: "article.not_found" }), sight);
}

export const textsOf = (row: ArticleRow): ArticleTexts => ({
  state: row.state,
  published: row.title === null ? null : { title: row.title, summary: row.summary!, body: row.body! },
  draft:
    row.draftTitle === null
      ? null
      : { title: row.draftTitle, summary: row.draftSummary!, body: row.draftBody! },
});

const isSame = (a: ArticleText | null, b: ArticleText | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.title === b.title && a.summary === b.summary && a.body === b.body);

function columnsOf(row: ArticleRow, { state, published, draft }: ArticleTexts, { actor, now }: Context) {
  const isKept = isSame(draft, textsOf(row).draft);
  return {
    state,
    title: published?.title ?? null,
    summary: published?.summary ?? null,
    body: published?.body ?? null,
    publishedAt: published && row.publishedAt,
    draftTitle: draft?.title ?? null,
    draftSummary: draft?.summary ?? null,
    draftBody: draft?.body ?? null,
    draftedById: isKept ? row.draftedById : draft && actor.userId,
    draftedAt: isKept ? row.draftedAt : draft && now,
  };
}
